namespace ThreadedChat.ChatClient.Display;

/// <summary>The messages that ring the terminal's bell: the values of <c>--bell</c>.</summary>
internal enum BellRule
{
    /// <summary>A message that contains the user's name, or is for the user alone.</summary>
    Mention,

    /// <summary>Nothing.</summary>
    Off,

    /// <summary>Every message.</summary>
    All,
}
