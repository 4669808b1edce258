namespace ThreadedChat.ChatClient.Display;

/// <summary>What rings the terminal's bell.</summary>
internal enum BellRule
{
    /// <summary>A message that has the user's name in it.</summary>
    Mention,

    /// <summary>Nothing.</summary>
    Off,

    /// <summary>Every message.</summary>
    All,
}
