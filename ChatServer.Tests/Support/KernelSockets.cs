using System.Globalization;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>The bytes that the kernel holds for the connections of one server.</summary>
/// <param name="Unsent">Bytes that it has taken from the server and the peers have not acknowledged.</param>
/// <param name="Orphans">Connections that the server has closed and the kernel still has something to send for.</param>
/// <param name="OrphanBytes">The bytes of these.</param>
internal readonly record struct KernelSockets(long Unsent, int Orphans, long OrphanBytes)
{
    // The columns of /proc/net/tcp and tcp6.
    private const int LocalAddress = 1;
    private const int Queues = 4;
    private const int Inode = 9;

    /// <summary>The figures of the server that listens on <paramref name="port"/>. Linux only.</summary>
    public static KernelSockets Of(int port)
    {
        string ending = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        var sum = default(KernelSockets);
        foreach (string line in File.ReadLines("/proc/net/tcp6").Concat(File.ReadLines("/proc/net/tcp")))
        {
            string[] columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns[LocalAddress].EndsWith(ending, StringComparison.Ordinal))
            {
                long unsent = long.Parse(columns[Queues].Split(':')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                bool isOrphan = columns[Inode] == "0" && unsent > 0;
                sum = new KernelSockets(sum.Unsent + unsent, sum.Orphans + (isOrphan ? 1 : 0), sum.OrphanBytes + (isOrphan ? unsent : 0));
            }
        }

        return sum;
    }

    /// <summary>The kernel's total memory for TCP, of every program in this network namespace.</summary>
    public static string Statistics() =>
        File.ReadLines("/proc/net/sockstat").FirstOrDefault(line => line.StartsWith("TCP:", StringComparison.Ordinal)) ?? "";

    public override string ToString() => $"{Figures.Memory(Unsent)} in the kernel, {Orphans} orphans with {Figures.Memory(OrphanBytes)}";
}
