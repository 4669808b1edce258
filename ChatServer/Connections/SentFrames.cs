using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// Whether the bytes that the kernel has taken for a peer are whole frames. If not, the stream must not end there: an end tells the peer
/// that it has everything. The writer sends, any thread aborts.
/// </summary>
/// <remarks>
/// Before a send the writer marks that it sends, then looks for an abort; a thread that aborts does it the other way round. So either the
/// writer sends nothing more, or the other thread sees that a send is under way.
/// </remarks>
internal sealed class SentFrames
{
    private const int Sending = -1;

    /// <summary>Bytes of a frame that is not sent as a whole yet. Written by the writer.</summary>
    private int _rest;

    private volatile bool _isAborted;

    /// <summary>The writer is about to send. False after an abort: then it must not. Otherwise <see cref="End"/> follows.</summary>
    /// <param name="rest">For <see cref="End"/>.</param>
    public bool TryBegin(out int rest)
    {
        rest = Interlocked.Exchange(ref _rest, Sending);
        if (_isAborted)
        {
            Volatile.Write(ref _rest, rest);
            return false;
        }

        return true;
    }

    /// <summary>A send has ended: the kernel has taken <paramref name="sent"/> bytes; less than 0 means that the connection is lost.</summary>
    public void End(int rest, int sent) => Volatile.Write(ref _rest, (rest + Math.Max(sent, 0)) % Frame.Size);

    /// <summary>Nothing more may be sent. True if the stream ends with a whole frame, and no send is under way that could change that.</summary>
    public bool Abort()
    {
        _isAborted = true;
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _rest) == 0;
    }
}
