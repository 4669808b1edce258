using System.Net;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>Finds where a program that the checker has started listens. Makes no connection, because that would be its first client.</summary>
/// <param name="program">The program.</param>
/// <param name="port">The port that it was told.</param>
internal sealed class Listening(IProgram program, int port)
{
    /// <summary>
    /// The addresses of this machine at which the program takes connections on its port, the likeliest first; none if it
    /// does not listen there.
    /// </summary>
    /// <param name="acceptStrangers">Whether a listener counts that may belong to another program: a program in a container listens with a process of its own.</param>
    public IReadOnlyList<IPAddress> Addresses(bool acceptStrangers)
    {
        List<TcpTable.Listener> listeners = [.. TcpTable.Listeners().Where(listener => listener.Address.Port == port)];
        if (listeners.Count > 0 && !acceptStrangers && program.ProcessId is int process)
        {
            HashSet<string> own = ProcessSockets.Of(process);
            listeners = [.. listeners.Where(listener => own.Contains(listener.Inode))];
        }

        return
        [
            .. listeners
                .SelectMany(listener => Reach(listener.Address.Address))
                .Distinct()
                .OrderBy(address => address.AddressFamily)
                .ThenBy(address => !IPAddress.IsLoopback(address)),
        ];
    }

    /// <summary>The state of a program that does not listen on its port: other ports that it listens on, or none.</summary>
    public Text? Elsewhere()
    {
        if (!TcpTable.Exists || program.ProcessId is not int process)
        {
            return null;
        }

        HashSet<string> own = ProcessSockets.Of(process);
        string[] places = [.. TcpTable.Listeners().Where(listener => own.Contains(listener.Inode)).Select(listener => $"{listener.Address}").Distinct()];
        string list = string.Join(", ", places);
        return places.Length > 0
            ? new Text($"The program listens on {list} instead.", $"Em vez disso, o programa escuta em {list}.")
            : new Text("The program runs, but it listens on no port.", "O programa está rodando, mas não escuta em nenhuma porta.");
    }

    /// <summary>The addresses to connect to for an address that was listened on. An IPv6 socket may take IPv4 as well.</summary>
    private static IPAddress[] Reach(IPAddress address) =>
        address.Equals(IPAddress.Any) ? [IPAddress.Loopback]
        : address.Equals(IPAddress.IPv6Any) ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
        : [address];
}
