namespace ThreadedChat.ChatClient.Display;

/// <summary>A line to be shown above the line that the user types.</summary>
/// <param name="Text">The text to write, including SGR sequences, without a line break.</param>
/// <param name="Indent">The indent of the second and further rows, in cells, if the screen is wide enough.</param>
internal readonly record struct ScreenLine(string Text, int Indent);
