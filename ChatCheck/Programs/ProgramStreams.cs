namespace ThreadedChat.ChatCheck.Programs;

/// <summary>The kind of standard streams of a program.</summary>
internal enum ProgramStreams
{
    /// <summary>A terminal, as for a user: input, output and errors appear on it.</summary>
    Terminal,

    /// <summary>
    /// A terminal that shows what the program prints and nothing else, byte for byte. Errors go into a pipe: what a server
    /// logs there is not part of its output.
    /// </summary>
    OutputTerminal,

    /// <summary>A pipe for each. A terminal changes bytes and takes no long lines.</summary>
    Pipes,
}
