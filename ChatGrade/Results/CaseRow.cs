namespace ThreadedChat.ChatGrade.Results;

/// <summary>What came of one case, as the checker's report has it.</summary>
internal sealed record CaseRow
{
    /// <summary>The case.</summary>
    public required string Id { get; init; }

    /// <summary>Its group.</summary>
    public required string Group { get; init; }

    /// <summary>required, robust or ours.</summary>
    public required string Level { get; init; }

    /// <summary>The rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Where the rule comes from.</summary>
    public required string Section { get; init; }

    /// <summary>passed, failed, not-always or skipped.</summary>
    public required string Outcome { get; init; }

    /// <summary>The case that failed and with which this one can only fail; null if there is none.</summary>
    public string? Follows { get; init; }

    /// <summary>Why it was skipped.</summary>
    public string? Reason { get; init; }

    /// <summary>How the program has ended.</summary>
    public string? Program { get; init; }

    /// <summary>What is wrong.</summary>
    public string? What { get; init; }

    /// <summary>The last thing that was sent.</summary>
    public string? Sent { get; init; }

    /// <summary>What should have come.</summary>
    public string? Expected { get; init; }

    /// <summary>What came.</summary>
    public string? Came { get; init; }

    /// <summary>Plays that passed, where it does not always pass.</summary>
    public int Passed { get; init; }

    /// <summary>Plays, where it does not always pass.</summary>
    public int Plays { get; init; }

    /// <summary>What was said, in order.</summary>
    public IReadOnlyList<string> Transcript { get; init; } = [];

    /// <summary>Whether it did not pass, or not always.</summary>
    public bool HasFailed => Outcome is "failed" or "not-always";
}
