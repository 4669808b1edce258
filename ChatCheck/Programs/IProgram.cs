namespace ThreadedChat.ChatCheck.Programs;

/// <summary>A program under test while it runs, seen through its standard streams. Ended when it is disposed.</summary>
internal interface IProgram : IDisposable
{
    /// <summary>Whether it has a terminal: that shows by itself what is typed, and a newline becomes <c>\r\n</c> there.</summary>
    bool IsTerminal { get; }

    /// <summary>What it prints.</summary>
    ProgramOutput Output { get; }

    /// <summary>What it prints on standard error; nothing if that goes to its terminal as well.</summary>
    ProgramOutput Errors { get; }

    /// <summary>The number of its process, with which all that it starts is found; null if it is no process of its own.</summary>
    int? ProcessId { get; }

    /// <summary>Its exit code; null while it runs.</summary>
    int? ExitCode { get; }

    /// <summary>Puts bytes into its standard input. A program that has ended takes them and does nothing.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Ends its standard input; at a terminal by the key for that.</summary>
    void EndInput();

    /// <summary>Waits for its end, and for that of its streams; false if it has not ended in time.</summary>
    bool AwaitExit(TimeSpan limit);
}
