namespace ThreadedChat.ChatClient.Editing;

/// <summary>The line that the user types, as it is shown.</summary>
/// <param name="Prompt">In front of the text; ASCII only.</param>
/// <param name="Text">The typed text, with <c>\n</c> between pasted lines.</param>
/// <param name="Cursor">An index in <paramref name="Text"/>.</param>
internal readonly record struct LineView(string Prompt, string Text, int Cursor)
{
    /// <summary>The line with <paramref name="status"/> in its prompt, unless that is empty.</summary>
    public LineView WithStatus(string status) => status.Length == 0 ? this : this with
    {
        Prompt = Prompt.Replace("]", $", {status}]", StringComparison.Ordinal),
    };
}
