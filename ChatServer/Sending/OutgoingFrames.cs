using System.Runtime.InteropServices;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// What the writer changes of a queue with each turn: the frames that it has taken over and not sent yet, and its place on the lists of the writer.
/// Only the writer uses it while the queue is scheduled, so it needs no lock.
/// </summary>
/// <remarks>Each append reads the fields of the queue. With space around these fields a turn leaves those alone: to change them would cost the
/// next append a cache miss.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 152)]
internal sealed class OutgoingFrames
{
    [FieldOffset(64)]
    private SegmentList _segments;

    [FieldOffset(72)]
    private SendQueue? _nextScheduled;

    [FieldOffset(80)]
    private int _retryDelay;

    /// <param name="allocate">See <see cref="SegmentList"/>.</param>
    public OutgoingFrames(Func<int, ReadOnlyMemory<byte>[]>? allocate) => _segments = new SegmentList(allocate);

    /// <summary>The frames. <see cref="QueuedFrames.EndTurn"/> swaps the list.</summary>
    public ref SegmentList Segments => ref _segments;

    /// <summary>The next queue on the list that this one is on. The thread that puts it there writes.</summary>
    public SendQueue? NextScheduled
    {
        get => _nextScheduled;
        set => _nextScheduled = value;
    }

    /// <summary>Milliseconds from the writer's last try to its next; 0 while the peer takes what it is sent.</summary>
    public int RetryDelay
    {
        get => _retryDelay;
        set => _retryDelay = value;
    }
}
