namespace ThreadedChat.ChatServer.Channels;

/// <summary>Stores the messages of one channel, in the order of the channel.</summary>
/// <remarks>Both methods may be called under locks: they never block for longer than a short critical section, and never throw.</remarks>
internal interface IChannelRecord
{
    /// <summary>Takes the frames of messages that the channel sends to its members. They never change again. The caller holds the channel's gate.</summary>
    /// <param name="frames">Whole frames.</param>
    /// <param name="place">With --cluster: their place in the log. Null: they were sent now.</param>
    void Append(ReadOnlyMemory<byte> frames, RecordPlace? place = null);

    /// <summary>Notes that the channel was removed.</summary>
    void Close();
}
