namespace ThreadedChat.ChatClient.Editing;

/// <summary>One key, or what came at once: text that was typed or pasted.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Text">The characters of <see cref="KeyKind.Text"/> and <see cref="KeyKind.Paste"/>; else empty.</param>
internal readonly record struct Key(KeyKind Kind, string Text = "");
