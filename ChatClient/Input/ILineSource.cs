namespace ThreadedChat.ChatClient.Input;

/// <summary>Where lines come from: a pipe, or somebody who edits them at a terminal.</summary>
internal interface ILineSource
{
    /// <summary>Waits for the next line or part; null at the end of input.</summary>
    /// <exception cref="IOException">Standard output is gone.</exception>
    LinePart? Read();
}
