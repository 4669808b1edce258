namespace ThreadedChat.ChatServer.Cluster;

/// <summary>The engine cannot be reached, or refuses. The message is for a person.</summary>
internal sealed class EngineException(string message, bool isLogMissing = false, bool isFinal = false, bool isOtherLog = false) : Exception(message)
{
    /// <summary>True where the engine answers that there is no such log.</summary>
    public bool IsLogMissing => isLogMissing;

    /// <summary>True where the log is not the one that the saved state is of.</summary>
    public bool IsOtherLog => isOtherLog;

    /// <summary>True where to try again is of no use: a file that cannot be read, settings that differ.</summary>
    public bool IsFinal => isFinal;
}
