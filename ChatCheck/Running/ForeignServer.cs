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
            Text why = new($"There is no server at {place}: {trouble}", $"Não há servidor em {place}: {trouble}");
            throw new CannotStartException(Elsewhere(port) is Text elsewhere ? why.And(elsewhere) : why);
        }
    }

    /// <inheritdoc/>
    public int Life => 0;

    /// <inheritdoc/>
    public bool CanRenew => false;

    /// <inheritdoc/>
    public bool StartsQuickly => false;

    /// <inheritdoc/>
    public bool HasEnded => false;

    /// <inheritdoc/>
    public void Renew()
    {
        // It is not ours to start.
    }

    /// <inheritdoc/>
    public void EnsureStarted()
    {
        // It runs.
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

    /// <summary>Other addresses of this machine where somebody listens on the port, if the one looked for is on this machine.</summary>
    private Text? Elsewhere(int port)
    {
        string[] places =
        [
            .. TcpTable.Listeners().Where(listener => listener.Address.Port == port).Select(listener => $"{listener.Address}").Distinct(),
        ];
        string list = string.Join(", ", places);
        return IPAddress.IsLoopback(_address.Address) && places.Length > 0
            ? new Text($"(There is one at {list}.)", $"(Há um em {list}.)")
            : null;
    }
}
