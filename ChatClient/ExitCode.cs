namespace ThreadedChat.ChatClient;

/// <summary>The exit codes of the client (docs/protocol.md, section 5).</summary>
internal static class ExitCode
{
    /// <summary>Input ended and all of it was sent; or nobody reads our output any more.</summary>
    public const int Done = 0;

    /// <summary>No connection to the server, or no longer.</summary>
    public const int NoServer = 1;

    /// <summary>A file that was named cannot be opened or read, or what is in it not be printed.</summary>
    public const int NoFile = 1;

    /// <summary>Wrong arguments.</summary>
    public const int WrongArguments = 2;

    /// <summary>The terminal's window was closed; what a shell reports for a program ended by SIGHUP: 128 + 1.</summary>
    public const int HungUp = 129;

    /// <summary>Ctrl-C; what a shell reports for a program ended by SIGINT: 128 + 2.</summary>
    public const int Interrupted = 130;

    /// <summary>What a shell reports for a program ended by SIGTERM: 128 + 15.</summary>
    public const int Terminated = 143;
}
