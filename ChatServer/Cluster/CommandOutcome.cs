namespace ThreadedChat.ChatServer.Cluster;

/// <summary>The result of a command when it was applied.</summary>
internal enum CommandOutcome
{
    /// <summary>It does not fit the state and was ignored: for example a client that does not exist, or a text with the name of another client.</summary>
    Void,

    /// <summary>Done.</summary>
    Done,

    /// <summary>There is no such channel, or nobody of that name.</summary>
    Absent,

    /// <summary>The channel exists, or the name is in use.</summary>
    Exists,

    /// <summary>A limit of channels is reached.</summary>
    Full,

    /// <summary>It is not known whether it was applied, or will be.</summary>
    Unknown,

    /// <summary>The channel cannot be removed.</summary>
    Fixed,
}

