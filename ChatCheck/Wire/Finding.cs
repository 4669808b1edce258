using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>Why a case did not pass.</summary>
/// <param name="What">What is wrong, in a sentence.</param>
/// <param name="Expected">What should have come, made visible; null where that is no text.</param>
/// <param name="Received">What came instead, made visible; null where nothing did.</param>
internal sealed record Finding(Text What, string? Expected = null, string? Received = null)
{
    /// <summary>Whether what came has not the length of a message, or not its padding.</summary>
    public bool IsOfLength { get; init; }

    /// <summary>Whether nothing at all came.</summary>
    public bool IsSilence { get; init; }

    /// <summary>Which text of the assignment is wrong, and how (<see cref="WrongText"/>); null where that is not the fault.</summary>
    public string? WrongText { get; init; }
}
