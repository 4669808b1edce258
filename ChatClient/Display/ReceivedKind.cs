namespace ThreadedChat.ChatClient.Display;

/// <summary>The kind of a line from the server.</summary>
internal enum ReceivedKind
{
    /// <summary>A message: <c>[Name] text</c>.</summary>
    Message,

    /// <summary>A client has joined the channel.</summary>
    Joined,

    /// <summary>A client has left the channel.</summary>
    Left,

    /// <summary>An answer of the server: an error or a list.</summary>
    Other,
}
