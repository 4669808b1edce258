using System.Runtime.InteropServices;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>Send queues, linked by <see cref="SendQueue.NextScheduled"/>. A queue is on one list at a time. No lock.</summary>
/// <remarks>With space around its field it changes without taking a cache line from those that read the object beside it.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 136)]
internal sealed class QueueList
{
    [FieldOffset(64)]
    private SendQueue? _first;

    /// <summary>True if it has no queue.</summary>
    public bool IsEmpty => Volatile.Read(ref _first) is null;

    /// <summary>Puts a queue in front. Any thread calls.</summary>
    public void Push(SendQueue queue)
    {
        SendQueue? first;
        do
        {
            first = Volatile.Read(ref _first);
            queue.NextScheduled = first;
        }
        while (Interlocked.CompareExchange(ref _first, queue, first) != first);
    }

    /// <summary>Moves all queues to <paramref name="target"/>, an empty list of the calling thread.</summary>
    public void MoveTo(QueueList target) => target._first = Interlocked.Exchange(ref _first, null);

    /// <summary>Takes the first queue off a list that only the calling thread uses; null if there is none.</summary>
    public SendQueue? Take()
    {
        SendQueue? queue = _first;
        if (queue is not null)
        {
            _first = queue.NextScheduled;
            queue.NextScheduled = null;
        }

        return queue;
    }
}
