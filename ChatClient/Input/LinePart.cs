namespace ThreadedChat.ChatClient.Input;

/// <summary>A line that was typed, without its line break; or, where it is very long, the next part of one.</summary>
/// <param name="Text">Any text without <c>\n</c>. Never half a surrogate pair.</param>
/// <param name="EndsLine">False if more of the same line follows.</param>
internal readonly record struct LinePart(string Text, bool EndsLine);
