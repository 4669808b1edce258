namespace ThreadedChat.ChatClient.Session;

/// <summary>The report of one of the two threads to the main thread, as its last action.</summary>
internal enum SessionEvent
{
    /// <summary>The input has ended and all of it was sent.</summary>
    InputEnded,

    /// <summary>The connection has ended; all whole frames received before were shown.</summary>
    ServerGone,

    /// <summary>Standard output was closed by its reader.</summary>
    OutputGone,
}
