namespace ThreadedChat.ChatClient;

/// <summary>The request of a command line: one of the four below.</summary>
internal abstract record Request
{
    private Request()
    {
    }

    /// <summary>Run with <paramref name="Options"/>.</summary>
    internal sealed record Run(ClientOptions Options) : Request;

    /// <summary>Show the frames in <paramref name="File"/>, or in standard input.</summary>
    internal sealed record Decode(string File) : Request;

    /// <summary>Print <paramref name="Text"/>, help or version, on standard output: <see cref="ExitCode.Done"/>.</summary>
    internal sealed record Answer(string Text) : Request;

    /// <summary>Print <paramref name="Text"/>, the error and the usage, on standard error: <see cref="ExitCode.WrongArguments"/>.</summary>
    internal sealed record Wrong(string Text) : Request;
}
