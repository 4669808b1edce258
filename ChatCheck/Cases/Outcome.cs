namespace ThreadedChat.ChatCheck.Cases;

/// <summary>What came of a case.</summary>
internal enum Outcome
{
    /// <summary>The rule is kept.</summary>
    Passed,

    /// <summary>It is not.</summary>
    Failed,

    /// <summary>The case says nothing about this program.</summary>
    Skipped,
}
