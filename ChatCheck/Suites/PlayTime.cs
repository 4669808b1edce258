namespace ThreadedChat.ChatCheck.Suites;

/// <summary>How long a play of a case waits for what must come.</summary>
internal enum PlayTime
{
    /// <summary>Until the program has nothing to do, and a moment more; the usual time if the program cannot be watched.</summary>
    Brief,

    /// <summary>The time for an answer.</summary>
    Usual,

    /// <summary>The usual time, and twice of it while the program has something to do or cannot be watched.</summary>
    Long,
}
