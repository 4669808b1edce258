using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// What one reader thread counts and does. Only that thread writes, in plain fields; any thread reads, and sees about the present. So
/// it costs the chat a few writes for each receive.
/// </summary>
internal sealed class ReaderActivity
{
    private long _receives;
    private long _bytes;
    private long _frames;
    private int _partial;
    private bool _isWorking;

    /// <summary>Receives that returned bytes.</summary>
    public long Receives => Volatile.Read(ref _receives);

    /// <summary>Bytes that were received.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Whole frames that were received.</summary>
    public long Frames => Volatile.Read(ref _frames);

    /// <summary>Bytes of the frame that is not complete yet: 0 to 199.</summary>
    public int Partial => Volatile.Read(ref _partial);

    /// <summary>True between two receives.</summary>
    public bool IsWorking => Volatile.Read(ref _isWorking);

    /// <summary>The thread is about to receive.</summary>
    public void BeginReceive() => Volatile.Write(ref _isWorking, false);

    /// <summary>A receive has put <paramref name="count"/> bytes into <paramref name="buffer"/>.</summary>
    public void EndReceive(int count, FrameBuffer buffer)
    {
        _receives++;
        _bytes += count;
        _frames += buffer.WholeFrames.Length / Frame.Size;
        _partial = buffer.PartialLength;
        Volatile.Write(ref _isWorking, true);
    }
}
