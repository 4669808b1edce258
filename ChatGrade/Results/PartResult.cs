namespace ThreadedChat.ChatGrade.Results;

/// <summary>The result of one part of a submission.</summary>
/// <param name="Part">Its name.</param>
/// <param name="State">The result.</param>
/// <param name="Message">Why there are no cases; empty if there are.</param>
/// <param name="Cases">The cases, in the order of the checker.</param>
internal sealed record PartResult(string Part, PartState State, string Message, IReadOnlyList<CaseRow> Cases)
{
    /// <summary>Whether the result is certain. An uncertain result costs no points.</summary>
    public bool IsCertain => State is PartState.Checked or PartState.NotBuilt or PartState.NotStarted;

    /// <summary>A result without cases.</summary>
    public static PartResult Without(string part, PartState state, string message) => new(part, state, message, []);
}
