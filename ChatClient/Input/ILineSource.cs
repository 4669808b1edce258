namespace ThreadedChat.ChatClient.Input;

/// <summary>A source of lines: a pipe, or a user who edits them at a terminal.</summary>
internal interface ILineSource
{
    /// <summary>Waits for the next line or part; null at the end of input.</summary>
    /// <exception cref="IOException">Standard output is closed.</exception>
    LinePart? Read();
}
