using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>Why a case did not pass.</summary>
/// <param name="What">The fault, in a sentence.</param>
/// <param name="Expected">The expected text, made visible; null if there is none.</param>
/// <param name="Received">The received text, made visible; null if nothing arrived.</param>
internal sealed record Finding(Text What, string? Expected = null, string? Received = null)
{
    /// <summary>Whether the received message has a wrong length or wrong padding.</summary>
    public bool IsOfLength { get; init; }

    /// <summary>Whether nothing at all came.</summary>
    public bool IsSilence { get; init; }

    /// <summary>Whether a message came to a client that must not get it.</summary>
    public bool IsUnwanted { get; init; }

    /// <summary>Which text of the assignment is wrong, and how (<see cref="WrongText"/>); null if that is not the fault.</summary>
    public string? WrongText { get; init; }
}
