namespace ThreadedChat.ChatClient.Editing;

/// <summary>What completion knows of the world: names seen so far, the latest first. Snapshots, from any thread.</summary>
internal interface ISeenNames
{
    IReadOnlyList<string> Members { get; }

    IReadOnlyList<string> Channels { get; }
}
