namespace ThreadedChat.ChatClient.Session;

/// <summary>What one of the two threads has to say to the main thread, as the last thing it does.</summary>
internal enum SessionEvent
{
    /// <summary>Input is at its end and all of it was sent.</summary>
    InputEnded,

    /// <summary>The server closed or reset the connection; all whole frames before that were shown.</summary>
    ServerGone,

    /// <summary>Nobody reads standard output any more.</summary>
    OutputGone,
}
