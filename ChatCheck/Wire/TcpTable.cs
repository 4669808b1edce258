using System.Globalization;
using System.Net;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>The TCP sockets of this machine as the kernel lists them. To look does not disturb the programs that own them.</summary>
internal static class TcpTable
{
    private const string Folder = "/proc/net";

    // The fields of a line: number, local address, remote address, state, queues, timer, retransmits, user, timeout, inode.
    private const int LocalField = 1;
    private const int RemoteField = 2;
    private const int StateField = 3;
    private const int QueuesField = 4;
    private const int InodeField = 9;
    private const int WordDigits = 8;
    private const string Listening = "0A";

    private static readonly string[] Files = [Path.Combine(Folder, "tcp"), Path.Combine(Folder, "tcp6")];

    /// <summary>Whether this system has such a list.</summary>
    public static bool Exists { get; } = File.Exists(Files[0]);

    /// <summary>All sockets that listen.</summary>
    public static List<Listener> Listeners() => SocketDiagnosis.Listeners() ?? ListenersInFiles();

    /// <summary>
    /// Whether the program at the other end of a connection has not read yet all that has come to it, the end of the stream
    /// included; null if that end is not on this machine, or is closed.
    /// </summary>
    public static bool? HasUnread(IPEndPoint here, IPEndPoint there) => SocketDiagnosis.Look(here, there) switch
    {
        SocketDiagnosis.PeerState.Absent => null,
        SocketDiagnosis.PeerState.HasUnread => true,
        SocketDiagnosis.PeerState.HasRead => false,
        _ => HasUnreadInFiles(here, there),
    };

    /// <summary>As <see cref="Listeners"/>, for kernels that answer no questions.</summary>
    public static List<Listener> ListenersInFiles() =>
    [
        .. from fields in Lines()
           where fields[StateField] == Listening
           select new Listener(Parse(fields[LocalField]), fields[InodeField]),
    ];

    /// <summary>As <see cref="HasUnread"/>, for kernels that answer no questions.</summary>
    public static bool? HasUnreadInFiles(IPEndPoint here, IPEndPoint there)
    {
        string herePort = PortDigits(here), therePort = PortDigits(there);
        foreach (string[] fields in Lines())
        {
            if (fields[LocalField].EndsWith(therePort, StringComparison.Ordinal)
                && fields[RemoteField].EndsWith(herePort, StringComparison.Ordinal)
                && Parse(fields[LocalField]).Equals(there)
                && Parse(fields[RemoteField]).Equals(here))
            {
                string received = fields[QueuesField].Split(':')[^1];
                return received.Any(digit => digit != '0');
            }
        }

        return null;
    }

    private static string PortDigits(IPEndPoint address) => $":{address.Port.ToString("X4", CultureInfo.InvariantCulture)}";

    private static IEnumerable<string[]> Lines()
    {
        foreach (string file in Files)
        {
            string[] lines;
            try
            {
                lines = File.ReadAllLines(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue; // no IPv6, or no such list
            }

            foreach (string line in lines.Skip(1))
            {
                string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length > InodeField)
                {
                    yield return fields;
                }
            }
        }
    }

    /// <summary>An address as the kernel writes it: words of the machine's byte order in hexadecimal, a colon, the port.</summary>
    private static IPEndPoint Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        var bytes = new List<byte>();
        for (int start = 0; start < colon; start += WordDigits)
        {
            bytes.AddRange(BitConverter.GetBytes(uint.Parse(text.AsSpan(start, WordDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
        }

        var address = new IPAddress([.. bytes]);
        int port = int.Parse(text.AsSpan(colon + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port);
    }

    /// <summary>A socket that listens.</summary>
    /// <param name="Address">Where.</param>
    /// <param name="Inode">The number by which its owner's file descriptors name it.</param>
    internal sealed record Listener(IPEndPoint Address, string Inode);
}
