using System.Text.Json.Serialization;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>The errors of a run. All are zero if every message reached every receiver once, in order and unchanged.</summary>
/// <param name="Lost">Deliveries that never arrived.</param>
/// <param name="Doubled">Deliveries that arrived again.</param>
/// <param name="Reordered">Deliveries that arrived after a later message of the same sender.</param>
/// <param name="Wrong">Frames that no member should get: changed on the way, for another member, or never sent.</param>
/// <param name="Disconnected">Members whose connection the server closed.</param>
internal readonly record struct LoadErrors(long Lost, long Doubled, long Reordered, long Wrong, long Disconnected)
{
    [JsonIgnore]
    public bool None => this == default;

    public static LoadErrors operator +(LoadErrors a, LoadErrors b) => new(
        a.Lost + b.Lost, a.Doubled + b.Doubled, a.Reordered + b.Reordered, a.Wrong + b.Wrong, a.Disconnected + b.Disconnected);

    /// <summary>Only the kinds that occurred: <c>2 lost, 1 doubled</c>; otherwise <c>none</c>.</summary>
    public override string ToString()
    {
        (long Count, string What)[] errors =
        [
            (Lost, "lost"), (Doubled, "doubled"), (Reordered, "reordered"), (Wrong, "wrong"), (Disconnected, "disconnected"),
        ];
        return None ? "none" : string.Join(", ", errors.Where(error => error.Count > 0).Select(error => $"{error.Count} {error.What}"));
    }
}
