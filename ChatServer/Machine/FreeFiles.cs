using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>
/// The last files that the process may open: connections leave them to the rest of the server and to the runtime. The runtime opens two
/// for a moment when it starts a thread. If it starts one for itself and cannot open them, it aborts the process.
/// </summary>
/// <param name="limit">The limit of open files; null if it is not known.</param>
internal sealed class FreeFiles(long? limit)
{
    /// <summary>Files that connections leave.</summary>
    internal const int Kept = 16;

    private readonly long _end = limit is long files ? Math.Max(0, files - Kept) : long.MaxValue;

    /// <summary>Those of this process.</summary>
    public static FreeFiles OfThisProcess { get; } = new(MachineLimits.OfThisMachine.OpenFileLimit());

    /// <summary>False if this connection is one of the last files. The system gives each file the lowest number that is free.</summary>
    public bool MayKeep(Socket connection) => connection.Handle < _end;

    /// <summary>True if a further connection would not be one of the last files.</summary>
    public bool AreLeft()
    {
        try
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            return MayKeep(probe);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
