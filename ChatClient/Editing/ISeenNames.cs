namespace ThreadedChat.ChatClient.Editing;

/// <summary>The names that completion offers, the latest first. Each property is a snapshot, and any thread may read it.</summary>
internal interface ISeenNames
{
    IReadOnlyList<string> Members { get; }

    IReadOnlyList<string> Channels { get; }

    /// <summary>True if the server is known to have the commands of the extended mode.</summary>
    bool IsExtended { get; }

    /// <summary>True if the server is known to let this user use the commands of moderators.</summary>
    bool IsModerator { get; }
}
