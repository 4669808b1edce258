namespace ThreadedChat.ChatClient.Editing;

/// <summary>A text with its undo log: the line being typed, or an entry of the history that the user has looked at.</summary>
internal sealed record Draft(string Text, UndoLog Undo)
{
    /// <summary>A text without edits.</summary>
    public static Draft Of(string text) => new(text, new UndoLog());
}
