using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Running;

/// <summary>A server that runs already, somewhere.</summary>
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
    public int Life => 0;

    /// <inheritdoc/>
    public bool HasEnded => false;

    /// <inheritdoc/>
    public void Renew()
    {
        // It is not ours to start.
    }

    /// <inheritdoc/>
    public Socket Connect(int? receiveBuffer = null) => Connections.Open(_address, receiveBuffer);

    /// <inheritdoc/>
    public Text? Ending(TimeSpan limit) => null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // It is not ours to end.
    }

    /// <summary>The first address of the host that takes connections, IPv4 first; or what the last of them said.</summary>
    private static (IPEndPoint Address, string? Trouble) Find(string host, int port)
    {
        var address = new IPEndPoint(IPAddress.None, port);
        string trouble = "";
        try
        {
            foreach (IPAddress candidate in Dns.GetHostAddresses(host).OrderBy(candidate => candidate.AddressFamily))
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
