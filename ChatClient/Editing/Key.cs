namespace ThreadedChat.ChatClient.Editing;

/// <summary>A key, a typed or pasted text, or an answer of the terminal.</summary>
/// <param name="Kind">What the key does.</param>
/// <param name="Text">The characters of <see cref="KeyKind.Text"/> and <see cref="KeyKind.Paste"/>; else empty.</param>
/// <param name="Row">The row in <see cref="KeyKind.CursorPosition"/>, the top one is 1; else 0.</param>
/// <param name="Column">The column in <see cref="KeyKind.CursorPosition"/>, the left one is 1; else 0.</param>
internal readonly record struct Key(KeyKind Kind, string Text = "", int Row = 0, int Column = 0);
