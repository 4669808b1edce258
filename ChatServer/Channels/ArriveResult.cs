namespace ThreadedChat.ChatServer.Channels;

/// <summary>The result of an attempt to let a participant in.</summary>
internal enum ArriveResult
{
    /// <summary>It is in the chat.</summary>
    Arrived,

    /// <summary>Somebody has its name.</summary>
    NameInUse,

    /// <summary>The chat cannot be reached now.</summary>
    Unreachable,
}
