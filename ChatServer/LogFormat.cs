namespace ThreadedChat.ChatServer;

/// <summary>How log lines look.</summary>
internal enum LogFormat
{
    /// <summary>One readable line each.</summary>
    Simple,

    /// <summary>One JSON object each.</summary>
    Json,
}
