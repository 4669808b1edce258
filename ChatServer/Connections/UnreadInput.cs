using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>Input that no reader will receive. It is drained before a close: to close with unread input would reset the connection.</summary>
internal static class UnreadInput
{
    private const int Chunk = 4 * 1024;

    /// <summary>A peer that sends without end must not hold up the thread that closes.</summary>
    private const int MaxChunks = 16;

    /// <summary>
    /// Receives and discards what has arrived, at most 64 KB of it, and never waits. Tells what it received to <paramref name="trace"/>.
    /// False once nothing more will come.
    /// </summary>
    public static bool Drain(ITransport transport, ConnectionTrace? trace = null)
    {
        Span<byte> buffer = stackalloc byte[Chunk];
        int count = 1;
        for (int i = 0; i < MaxChunks && count > 0; i++)
        {
            count = transport.ReceiveNow(buffer);
            if (count > 0)
            {
                trace?.Received(count, buffer);
            }
        }

        return count >= 0;
    }
}
