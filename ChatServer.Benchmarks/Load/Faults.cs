using System.Text.Json.Serialization;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>What went wrong: all zero where every message reached everybody it should, once, in order and unchanged.</summary>
/// <param name="Lost">Deliveries that never came.</param>
/// <param name="Doubled">Deliveries that came again.</param>
/// <param name="Reordered">Deliveries that came after a later message of the same sender.</param>
/// <param name="Wrong">Frames nobody should have got: changed on the way, or to the wrong member, or never sent.</param>
/// <param name="Disconnected">Members whose connection the server closed.</param>
internal readonly record struct Faults(long Lost, long Doubled, long Reordered, long Wrong, long Disconnected)
{
    /// <summary>True where there is none.</summary>
    [JsonIgnore]
    public bool None => this == default;

    /// <summary>The faults of two runs together.</summary>
    public static Faults operator +(Faults a, Faults b) => new(
        a.Lost + b.Lost, a.Doubled + b.Doubled, a.Reordered + b.Reordered, a.Wrong + b.Wrong, a.Disconnected + b.Disconnected);

    /// <summary>Only those there are: <c>2 lost, 1 doubled</c>; else <c>none</c>.</summary>
    public override string ToString()
    {
        (long Count, string What)[] faults =
        [
            (Lost, "lost"), (Doubled, "doubled"), (Reordered, "reordered"), (Wrong, "wrong"), (Disconnected, "disconnected"),
        ];
        return None ? "none" : string.Join(", ", faults.Where(fault => fault.Count > 0).Select(fault => $"{fault.Count} {fault.What}"));
    }
}
