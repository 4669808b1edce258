using System.Runtime.InteropServices;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// What one reader thread counts and does. Only that thread writes, in plain fields; any thread reads, and sees about the present. So
/// it costs the chat a few writes for each receive.
/// </summary>
/// <remarks>With room around the fields no object that the writer uses lies in the same line of cache.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 168)]
internal sealed class ReaderActivity
{
    [FieldOffset(64)]
    private long _receives;

    [FieldOffset(72)]
    private long _bytes;

    [FieldOffset(80)]
    private long _frames;

    [FieldOffset(88)]
    private int _partial;

    [FieldOffset(92)]
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
