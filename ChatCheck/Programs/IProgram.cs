namespace ThreadedChat.ChatCheck.Programs;

/// <summary>A program under test while it runs, seen through its standard streams. Ended when it is disposed.</summary>
internal interface IProgram : IDisposable
{
    /// <summary>Whether it has a terminal, which echoes the input and turns a newline into <c>\r\n</c>.</summary>
    bool IsTerminal { get; }

    /// <summary>Its output.</summary>
    ProgramOutput Output { get; }

    /// <summary>Its output on standard error; empty if that goes to its terminal too.</summary>
    ProgramOutput Errors { get; }

    /// <summary>The id of its process, with which all its children are found; null if it does not have a process of its own.</summary>
    int? ProcessId { get; }

    /// <summary>Its exit code; null while it runs.</summary>
    int? ExitCode { get; }

    /// <summary>Puts bytes into its standard input. Nothing happens if the program has ended.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Ends its standard input; at a terminal by the key for that.</summary>
    void EndInput();

    /// <summary>Waits for its end, and for that of its streams; false if it has not ended in time.</summary>
    bool AwaitExit(TimeSpan limit);
}
