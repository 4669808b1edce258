using System.Diagnostics;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>The wait before the answer to a wrong token. The thread of the client that guesses waits, so no other client does.</summary>
internal static class GuessPause
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits, but not longer than the connection exists.</summary>
    public static void Wait(Connection connection)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Length && connection.Reason == CloseReason.None)
        {
            Thread.Sleep(Step);
        }
    }
}
