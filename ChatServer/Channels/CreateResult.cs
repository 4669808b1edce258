namespace ThreadedChat.ChatServer.Channels;

/// <summary>The result of an attempt to create a channel.</summary>
internal enum CreateResult
{
    /// <summary>The channel exists, and its creator is in it.</summary>
    Created,

    /// <summary>There is already a channel of that name.</summary>
    Exists,

    /// <summary>The limit of channels is reached, in total or for this creator.</summary>
    Full,
}
