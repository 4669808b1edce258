namespace ThreadedChat.ChatServer.Http;

/// <summary>What is asked for. Each kind has places of its own, so that no kind keeps the others out.</summary>
internal enum HttpKind
{
    /// <summary>One answer, for people.</summary>
    Page,

    /// <summary>One answer, for the programs that watch the server: health and metrics.</summary>
    Check,

    /// <summary>An answer without an end.</summary>
    Stream,
}
