using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>The result of one case, with its transcript.</summary>
internal sealed record CaseResult(
    string Group, Text GroupTitle, string Id, Level Level, Section Section, Text Rule, Transcript Transcript)
{
    public CaseOutcome Outcome { get; init; } = CaseOutcome.Passed;

    /// <summary>Why it failed; null if it did not.</summary>
    public Finding? Finding { get; init; }

    /// <summary>Why it was skipped, or how the program ended while it failed; else null.</summary>
    public Text? Reason { get; init; }

    /// <summary>The last line of a program that ended with an error while it failed; else null.</summary>
    public string? Complaint { get; init; }

    /// <summary>How often it was played and passed; only if it does not always pass.</summary>
    public Count? Plays { get; init; }

    /// <summary>Whether it takes the place of an earlier result: at the end of the run, for a program that is not always the same.</summary>
    public bool IsSecondLook { get; init; }

    /// <summary>A failed case that makes this one fail too, if the checker knows one; else null.</summary>
    public string? FollowsFrom { get; init; }

    /// <summary>Some of several plays.</summary>
    internal sealed record Count(int Passed, int Total);
}
