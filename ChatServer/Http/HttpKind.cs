namespace ThreadedChat.ChatServer.Http;

/// <summary>The kind of an answer. Each kind has places of its own, so many requests of one kind do not block the others.</summary>
internal enum HttpKind
{
    /// <summary>One answer, for people.</summary>
    Page,

    /// <summary>One answer, for the programs that watch the server: health and metrics.</summary>
    Check,

    /// <summary>An answer without an end.</summary>
    Stream,
}
