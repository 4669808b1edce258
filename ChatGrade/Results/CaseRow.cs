namespace ThreadedChat.ChatGrade.Results;

/// <summary>The result of one case in the checker's report.</summary>
internal sealed record CaseRow
{
    public required string Id { get; init; }

    public required string Group { get; init; }

    /// <summary>required, robust or ours.</summary>
    public required string Level { get; init; }

    public required string Rule { get; init; }

    /// <summary>The source of the rule.</summary>
    public required string Section { get; init; }

    /// <summary>passed, failed, not-always or skipped.</summary>
    public required string Outcome { get; init; }

    /// <summary>A failed case that makes this one fail too; null if there is none.</summary>
    public string? Follows { get; init; }

    /// <summary>Why it was skipped.</summary>
    public string? Reason { get; init; }

    /// <summary>How the program has ended.</summary>
    public string? Program { get; init; }

    public string? What { get; init; }

    /// <summary>The last thing that was sent.</summary>
    public string? Sent { get; init; }

    public string? Expected { get; init; }

    public string? Came { get; init; }

    /// <summary>Plays that passed, for a case that passes only sometimes.</summary>
    public int Passed { get; init; }

    /// <summary>All plays, for a case that passes only sometimes.</summary>
    public int Plays { get; init; }

    /// <summary>The transcript, in order.</summary>
    public IReadOnlyList<string> Transcript { get; init; } = [];

    /// <summary>Whether it did not pass, or not always.</summary>
    public bool HasFailed => Outcome is "failed" or "not-always";
}
