using System.Text.Json.Serialization;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>What came of a run.</summary>
internal sealed record Outcome
{
    /// <summary>Messages that reached a member, each counted once for each member.</summary>
    public required long Delivered { get; init; }

    public required Faults Faults { get; init; }

    /// <summary>Why the run ended before everything was delivered; null where it did not.</summary>
    public string? Trouble { get; init; }

    /// <summary>The first frame received that was no message of the load; null where there was none.</summary>
    public string? FirstWrongText { get; init; }

    public required Measures Measures { get; init; }

    /// <summary>True where every message reached everybody it should, once, in order and unchanged.</summary>
    [JsonIgnore]
    public bool IsRight => Faults.None && Trouble is null;
}
