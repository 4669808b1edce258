namespace ThreadedChat.ChatCheck.Suites;

/// <summary>The result of a case.</summary>
internal enum CaseOutcome
{
    /// <summary>The rule is kept.</summary>
    Passed,

    /// <summary>The rule is broken.</summary>
    Failed,

    /// <summary>The rule is kept in some plays of the case and broken in others.</summary>
    NotAlways,

    /// <summary>The case gives no verdict on this program.</summary>
    Skipped,
}
