using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.History;

/// <summary>One channel in the history.</summary>
/// <param name="id">Its number in the file.</param>
/// <param name="name">Its name.</param>
/// <param name="queue">Gets its messages.</param>
internal sealed class ChannelRecord(long id, string name, HistoryQueue queue) : IChannelRecord
{
    public long Id { get; } = id;

    public string Name { get; } = name;

    /// <summary>How many messages had no space since the queue was taken last. Guarded by the queue's gate.</summary>
    public int Missing { get; set; }

    /// <summary>The next channel with missing messages. Guarded by the queue's gate.</summary>
    public ChannelRecord? NextMissing { get; set; }

    /// <summary>The channel with missing messages before it. Guarded by the queue's gate.</summary>
    public ChannelRecord? PreviousMissing { get; set; }

    /// <summary>The change that is to tell the file of this channel, as long as it waits. Guarded by the queue's gate.</summary>
    public LinkedListNode<ChannelChange>? Opening { get; set; }

    /// <summary>The number of the last batch that has messages of this channel; 0 for none in this run. Guarded by the queue's gate.</summary>
    public long LastBatch { get; set; }

    /// <summary>What it holds of the space of the queue. Guarded by the queue's gate.</summary>
    public RoomPart Part { get; set; }

    public void Append(ReadOnlyMemory<byte> frames, RecordPlace? place = null) => queue.Add(this, frames, place);

    public void Close() => queue.Change(this, isClosed: true);
}
