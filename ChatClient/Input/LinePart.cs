namespace ThreadedChat.ChatClient.Input;

/// <summary>A typed line without its line break, or the next part of a very long line.</summary>
/// <param name="Text">Any text without <c>\n</c>. Never half a surrogate pair.</param>
/// <param name="EndsLine">False if more of the same line follows.</param>
internal readonly record struct LinePart(string Text, bool EndsLine);
