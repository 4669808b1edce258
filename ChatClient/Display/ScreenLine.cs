namespace ThreadedChat.ChatClient.Display;

/// <summary>A line to be shown above the line being typed.</summary>
/// <param name="Text">What to write for it, SGR sequences included; no line break.</param>
/// <param name="Indent">By how many cells the rows that continue it are moved in, where the screen is wide enough.</param>
internal readonly record struct ScreenLine(string Text, int Indent);
