namespace ThreadedChat.ChatClient.Display;

/// <summary>What a line from the server tells.</summary>
internal enum ReceivedKind
{
    /// <summary>Somebody said something: <c>[Name] text</c>.</summary>
    Message,

    /// <summary>Somebody came into the channel.</summary>
    Joined,

    /// <summary>Somebody left the channel.</summary>
    Left,

    /// <summary>The server answers: an error, a list.</summary>
    Other,
}
