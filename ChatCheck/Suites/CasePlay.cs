namespace ThreadedChat.ChatCheck.Suites;

/// <summary>One play of a case.</summary>
/// <param name="Result">The result of the play.</param>
/// <param name="IsLate">Whether it failed because something did not arrive in time: it may be lost, or the machine is busy.</param>
/// <param name="IsAlone">Whether no other case can have had a part in it.</param>
/// <param name="IsBrief">Whether it may wait for a shorter time than that of an answer.</param>
/// <param name="WasCutShort">Whether a wait of it has ended before its time.</param>
internal sealed record CasePlay(CaseResult Result, bool IsLate, bool IsAlone, bool IsBrief, bool WasCutShort)
{
    /// <summary>Whether it failed.</summary>
    public bool HasFailed => Result.Outcome == CaseOutcome.Failed;

    /// <summary>Whether something did not come, which may come in the whole time.</summary>
    public bool WasTooBrief => HasFailed && IsBrief && WasCutShort;
}
