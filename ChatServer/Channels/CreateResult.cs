namespace ThreadedChat.ChatServer.Channels;

/// <summary>What came of the attempt to create a channel.</summary>
internal enum CreateResult
{
    /// <summary>The channel is there, its creator in it.</summary>
    Created,

    /// <summary>There is a channel of that name already.</summary>
    Exists,

    /// <summary>The table holds as many channels as it may, all in all or of this creator.</summary>
    Full,
}
