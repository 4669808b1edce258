namespace ThreadedChat.ChatCheck.Suites;

/// <summary>The result of a case.</summary>
internal enum CaseOutcome
{
    /// <summary>The rule is kept.</summary>
    Passed,

    /// <summary>It is not.</summary>
    Failed,

    /// <summary>It is kept in some plays of the case and broken in others.</summary>
    NotAlways,

    /// <summary>The case says nothing about this program.</summary>
    Skipped,
}
