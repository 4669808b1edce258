namespace ThreadedChat.ChatServer.Cluster;

/// <summary>Reads the log. One thread reads; any may cancel.</summary>
internal interface ILogReader : IDisposable
{
    /// <summary>The next entry, if it is there without a wait.</summary>
    bool TryRead(out StoredEntry entry);

    /// <summary>Waits for the next entry. False once the reader is cancelled, or the engine has ended it.</summary>
    bool WaitForNext();

    /// <summary>Wakes the thread that waits.</summary>
    void Cancel();
}
