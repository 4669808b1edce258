namespace ThreadedChat.ChatCheck.Programs;

/// <summary>What a program is given as its standard streams.</summary>
internal enum ProgramStreams
{
    /// <summary>A terminal, as for a person: what is typed, what the program prints and its errors meet there.</summary>
    Terminal,

    /// <summary>
    /// A terminal that shows what the program prints and nothing else, byte for byte. Errors go into a pipe: what a server
    /// logs there is no part of what it prints.
    /// </summary>
    OutputTerminal,

    /// <summary>A pipe for each. A terminal changes bytes and takes no long lines.</summary>
    Pipes,
}
