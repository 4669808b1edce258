using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>A server that runs already, on this machine or another one.</summary>
internal sealed class ForeignServer : IServerHost
{
    private readonly IPEndPoint _address;

    /// <summary>Finds the server.</summary>
    /// <exception cref="CannotStartException">There is none.</exception>
    public ForeignServer(string host, int port)
    {
        (_address, string? trouble) = Find(host, port);
        if (trouble is not null)
        {
            string place = $"{host}:{Findings.Number(port)}";
            throw new CannotStartException(new Text($"There is no server at {place}: {trouble}", $"Não há servidor em {place}: {trouble}"));
        }
    }

    /// <inheritdoc/>
    public int StartCount => 0;

    /// <inheritdoc/>
    public bool CanRenew => false;

    /// <inheritdoc/>
    public bool StartsQuickly => false;

    /// <inheritdoc/>
    public bool HasEnded => false;

    /// <inheritdoc/>
    public void Renew()
    {
        // The checker has not started this server.
    }

    /// <inheritdoc/>
    public void EnsureStarted()
    {
        // It runs.
    }

    /// <inheritdoc/>
    public void PrepareNext(bool onlyIfSlow = false)
    {
        // It runs.
    }

    /// <inheritdoc/>
    public IServerHost OpenAnother() => this;

    /// <inheritdoc/>
    public Socket Connect(int? receiveBuffer = null) => Connections.Open(_address, receiveBuffer);

    /// <inheritdoc/>
    public ProgramEnd? Ending(TimeSpan limit) => null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The checker does not end a server that it has not started.
    }

    /// <summary>
    /// The addresses of the host, IPv4 first. A name of this machine stands for all its addresses: programs
    /// differ in the address that they use for "localhost".
    /// </summary>
    private static List<IPAddress> Candidates(string host, int port)
    {
        List<IPAddress> named = [.. Dns.GetHostAddresses(host).OrderBy(candidate => candidate.AddressFamily)];
        IEnumerable<IPAddress> others = named.Exists(IPAddress.IsLoopback)
            ? TcpTable.Listeners().Where(listener => listener.Address.Port == port).Select(listener => listener.Address.Address)
            : [];
        return [.. named.Concat(others.Where(IPAddress.IsLoopback)).Distinct()];
    }

    /// <summary>The first address of the host that takes connections, or the error of the last one.</summary>
    private static (IPEndPoint Address, string? Trouble) Find(string host, int port)
    {
        var address = new IPEndPoint(IPAddress.None, port);
        string trouble = "";
        try
        {
            foreach (IPAddress candidate in Candidates(host, port))
            {
                address = new IPEndPoint(candidate, port);
                try
                {
                    Connections.Open(address).Dispose();
                    return (address, null);
                }
                catch (SocketException e)
                {
                    trouble = e.Message;
                }
            }
        }
        catch (SocketException e)
        {
            trouble = e.Message;
        }

        return (address, trouble);
    }
}
