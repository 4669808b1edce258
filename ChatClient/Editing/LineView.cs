namespace ThreadedChat.ChatClient.Editing;

/// <summary>The line being typed, as it is to be seen.</summary>
/// <param name="Prompt">What stands in front, plain ASCII.</param>
/// <param name="Text">What was typed; <c>\n</c> between lines that were pasted.</param>
/// <param name="Cursor">Where the cursor stands in <paramref name="Text"/>.</param>
internal readonly record struct LineView(string Prompt, string Text, int Cursor);
