namespace ThreadedChat.ChatClient.Display;

/// <summary>The kind of a line from the server.</summary>
internal enum ReceivedKind
{
    /// <summary>A message: <c>[Name] text</c>.</summary>
    Message,

    /// <summary>A message to this user alone: <c>[[Name]] text</c> (docs/extended.md).</summary>
    Private,

    /// <summary>A line of the history: <c>2026-11-25 12:04 [Name] text</c>, or a gap in it (docs/extended.md).</summary>
    Past,

    /// <summary>A client has joined the channel.</summary>
    Joined,

    /// <summary>A client has left the channel.</summary>
    Left,

    /// <summary>An answer of the server: an error or a list.</summary>
    Other,
}
