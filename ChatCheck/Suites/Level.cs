namespace ThreadedChat.ChatCheck.Suites;

/// <summary>How much a case counts.</summary>
internal enum Level
{
    /// <summary>The assignment says it.</summary>
    Required,

    /// <summary>Not in the assignment, but it happens on ordinary networks, and a program must cope with it.</summary>
    Robust,

    /// <summary>Settled in docs/protocol.md where the assignment is open; never counted against anyone.</summary>
    Ours,
}
