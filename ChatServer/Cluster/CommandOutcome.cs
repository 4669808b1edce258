namespace ThreadedChat.ChatServer.Cluster;

/// <summary>What came of a command when it was applied.</summary>
internal enum CommandOutcome
{
    /// <summary>It does not fit the state, so nothing has happened: a client that does not exist, a text in the name of another.</summary>
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

    /// <summary>The channel stays, whoever asks.</summary>
    Fixed,
}

