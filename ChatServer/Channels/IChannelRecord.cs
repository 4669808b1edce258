namespace ThreadedChat.ChatServer.Channels;

/// <summary>Where the messages of one channel are kept, in the order of the channel.</summary>
/// <remarks>Both methods may be called under locks: they never block for longer than a short critical section, and never throw.</remarks>
internal interface IChannelRecord
{
    /// <summary>Takes the frames of messages that the channel sends to its members, which never change again. The channel's gate is held.</summary>
    void Append(ReadOnlyMemory<byte> frames);

    /// <summary>Notes that the channel was removed.</summary>
    void Close();
}
