namespace ThreadedChat.ChatClient;

/// <summary>The exit codes of the client (docs/protocol.md, section 5).</summary>
internal static class ExitCode
{
    /// <summary>The input ended and all of it was sent; or standard output was closed by its reader.</summary>
    public const int Done = 0;

    /// <summary>The client could not connect, or the connection was lost.</summary>
    public const int NoServer = 1;

    /// <summary>A file cannot be opened or read, or its contents cannot be printed.</summary>
    public const int NoFile = 1;

    /// <summary>A token is required and missing, or it must not be sent.</summary>
    public const int NoToken = 1;

    public const int WrongArguments = 2;

    /// <summary>The terminal's window was closed; the code that a shell reports for SIGHUP: 128 + 1.</summary>
    public const int HungUp = 129;

    /// <summary>Ctrl-\, on systems that do not end the process themselves; the code for SIGQUIT: 128 + 3.</summary>
    public const int Quit = 131;

    /// <summary>Ctrl-C; the code for SIGINT: 128 + 2.</summary>
    public const int Interrupted = 130;

    /// <summary>The code for SIGTERM: 128 + 15.</summary>
    public const int Terminated = 143;
}
