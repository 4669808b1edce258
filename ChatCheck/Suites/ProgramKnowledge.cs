namespace ThreadedChat.ChatCheck.Suites;

/// <summary>
/// What all plays of a run have shown of the program, also those on other threads. It decides how long a play waits, and whether a brief play is enough.
/// </summary>
internal sealed class ProgramKnowledge
{
    /// <summary>
    /// After so many brief plays that have passed with an answer, one play in the whole time is enough: a program that needs more time for each answer passes
    /// fewer of them.
    /// </summary>
    private const int EnoughBriefAnswers = 3;

    /// <summary>After so many cases in which the whole time has brought nothing more than a brief play, the same holds: of some programs no case passes.</summary>
    private const int EnoughVainWaits = 3;

    private readonly object _gate = new();

    // Guarded by the gate.
    private readonly List<CaseResult> _failed = [];
    private bool _isSlow;
    private int _briefAnswers;
    private int _vainWaits;

    /// <summary>The cases that have failed each time: others may follow from them.</summary>
    public IReadOnlyList<CaseResult> Failed
    {
        get
        {
            lock (_gate)
            {
                return [.. _failed];
            }
        }
    }

    /// <summary>Whether something came in the whole time that had not come in a brief play.</summary>
    public bool IsSlow
    {
        get
        {
            lock (_gate)
            {
                return _isSlow;
            }
        }
    }

    /// <summary>Whether what does not come in a brief play was seen not to come at all, or enough brief plays have passed with an answer.</summary>
    public bool TrustsBriefPlays
    {
        get
        {
            lock (_gate)
            {
                return _briefAnswers >= EnoughBriefAnswers || _vainWaits >= EnoughVainWaits;
            }
        }
    }

    public void NoteFailed(CaseResult result)
    {
        lock (_gate)
        {
            _failed.Add(result);
        }
    }

    public void NoteSlow()
    {
        lock (_gate)
        {
            _isSlow = true;
        }
    }

    public void NoteBriefAnswer()
    {
        lock (_gate)
        {
            _briefAnswers++;
        }
    }

    public void NoteVainWait()
    {
        lock (_gate)
        {
            _vainWaits++;
        }
    }
}
