using System.Runtime.InteropServices;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// What one reader thread counts and does. Only that thread writes, in plain fields; any thread reads, and sees about the present. So
/// it costs the chat a few writes for each receive.
/// </summary>
/// <remarks>With room around the fields no object that the writer uses lies in the same line of cache.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 152)]
internal sealed class ReaderActivity
{
    [FieldOffset(64)]
    private long _receives;

    [FieldOffset(72)]
    private long _bytes;

    [FieldOffset(80)]
    private bool _isWorking;

    /// <summary>Receives that returned bytes.</summary>
    public long Receives => Volatile.Read(ref _receives);

    /// <summary>Bytes that were received.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Whole frames that were received. The stream has nothing but frames, from its first byte.</summary>
    public long Frames => Bytes / Frame.Size;

    /// <summary>Bytes of the frame that is not complete yet: 0 to 199.</summary>
    public int Partial => (int)(Bytes % Frame.Size);

    /// <summary>True between two receives.</summary>
    public bool IsWorking => Volatile.Read(ref _isWorking);

    /// <summary>The thread is about to receive.</summary>
    public void BeginReceive() => Volatile.Write(ref _isWorking, false);

    /// <summary>A receive has returned <paramref name="count"/> bytes.</summary>
    public void EndReceive(int count)
    {
        _receives++;
        _bytes += count;
        Volatile.Write(ref _isWorking, true);
    }
}
