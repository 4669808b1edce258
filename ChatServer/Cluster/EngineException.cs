namespace ThreadedChat.ChatServer.Cluster;

/// <summary>The engine cannot be reached, or rejects a call. The message is for a person.</summary>
internal sealed class EngineException(string message, bool isLogMissing = false, bool isFinal = false, bool isOtherLog = false) : Exception(message)
{
    /// <summary>True if the engine answers that there is no such log.</summary>
    public bool IsLogMissing => isLogMissing;

    /// <summary>True if the saved state belongs to another log.</summary>
    public bool IsOtherLog => isOtherLog;

    /// <summary>True if another attempt cannot succeed: a file that cannot be read, settings that differ.</summary>
    public bool IsFinal => isFinal;
}
