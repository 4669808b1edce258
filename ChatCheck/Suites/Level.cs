namespace ThreadedChat.ChatCheck.Suites;

/// <summary>How much a case counts.</summary>
internal enum Level
{
    /// <summary>The assignment says it.</summary>
    Required,

    /// <summary>The assignment does not say it, but an ordinary network does it, and a program has to bear it.</summary>
    Robust,

    /// <summary>Settled in docs/protocol.md where the assignment is open; never counted against anyone.</summary>
    Ours,
}
