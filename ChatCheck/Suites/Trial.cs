namespace ThreadedChat.ChatCheck.Suites;

/// <summary>All plays of a case that count.</summary>
/// <param name="level">The level of the case.</param>
internal sealed class Trial(Level level)
{
    private readonly List<CasePlay> _plays = [];

    public Level Level { get; } = level;

    public IReadOnlyList<CasePlay> Plays => _plays;

    /// <summary>True if it has failed on a program that other cases had used before: that play does not count.</summary>
    public bool FailedOnSharedServer { get; private set; }

    /// <summary>True if it has failed there after it had passed.</summary>
    public bool PassedThenFailedOnSharedServer { get; private set; }

    public int Failed => _plays.Count(play => play.HasFailed);

    public int Passed => _plays.Count - Failed;

    public bool IsMixed => Failed > 0 && Passed > 0;

    public bool WasLateOnce => Failed == 1 && _plays.Exists(play => play.IsLate);

    /// <summary>Whether something did not come in a brief play alone, also if that play does not count any more.</summary>
    public bool WasTooBrief { get; private set; }

    /// <summary>The failed play that is reported: one in the whole time, if there is one.</summary>
    public CasePlay? Failure => _plays.Find(play => play is { HasFailed: true, IsBrief: false }) ?? _plays.Find(play => play.HasFailed);

    public void Add(CasePlay play)
    {
        if (play.HasFailed && !play.IsAlone)
        {
            FailedOnSharedServer = true;
            PassedThenFailedOnSharedServer |= Passed > 0;
            return;
        }

        _plays.Add(play);
        WasTooBrief |= play.WasTooBrief;
        if (Passed > 0 || play is { IsBrief: false, IsLate: false })
        {
            _plays.RemoveAll(one => one.WasTooBrief); // what did not come in these plays can come
        }
    }
}
