using System.Text.Json.Serialization;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>The result of a run.</summary>
internal sealed record LoadOutcome
{
    /// <summary>Messages that arrived, counted once for each receiver.</summary>
    public required long Delivered { get; init; }

    [JsonPropertyName("faults")]
    public required LoadErrors Errors { get; init; }

    /// <summary>Why the run ended before everything was delivered; null if it did not.</summary>
    public string? Trouble { get; init; }

    /// <summary>The first received frame that is not a message of the load; null if there is none.</summary>
    public string? FirstWrongText { get; init; }

    public required Measures Measures { get; init; }

    /// <summary>True if every message reached every receiver once, in order and unchanged.</summary>
    [JsonIgnore]
    public bool IsRight => Errors.None && Trouble is null;
}
