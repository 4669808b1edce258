using static System.FormattableString;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>One kind of load: channels, members and senders.</summary>
/// <param name="Name">Short, for the command line.</param>
internal sealed record Workload(string Name)
{
    /// <summary>All workloads in full size.</summary>
    public static readonly IReadOnlyList<Workload> All =
    [
        new("W1") { Members = 101, Messages = 20_000, Window = 6_400 },
        new("W2") { Members = 1_001, Messages = 2_000, Window = 16_000 },
        new("W3") { Members = 50, Senders = 50, Messages = 400, Window = 3_136 },
        new("W4") { Channels = 200, Members = 5, Senders = 5, Messages = 40, Window = 16 },
        new("W5") { Members = 11, Messages = 2_000, Rate = 200 },
        new("H") { Channels = 200, Members = 50, Messages = 1, Hold = TimeSpan.FromSeconds(5) },
    ];

    /// <summary>A short description.</summary>
    public string Title => this switch
    {
        { Hold.Ticks: > 0 } => Invariant($"{Connections:N0} idle in {Channels} channels"),
        { Rate: > 0 } => Invariant($"{Rate} messages/s to {Members - 1}"),
        { Senders: 1 } => Invariant($"1 sender to {Members - 1:N0}"),
        { Channels: 1 } => Invariant($"{Members} members, all send"),
        _ => Invariant($"{Channels} channels of {Members}, all send"),
    };

    /// <summary>The number of channels, all with the same members.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Connections in each channel, with the senders.</summary>
    public required int Members { get; init; }

    /// <summary>Sending members of each channel.</summary>
    public int Senders { get; init; } = 1;

    /// <summary>Messages each sender sends.</summary>
    public required int Messages { get; init; }

    /// <summary>
    /// Closed loop: a channel sends its next message only while fewer deliveries than this are outstanding in it.
    /// </summary>
    public int Window { get; init; } = int.MaxValue;

    /// <summary>Open loop: messages per second in each channel, independent of deliveries. 0 is no rate.</summary>
    public int Rate { get; init; }

    /// <summary>The idle time of all members before the first message.</summary>
    public TimeSpan Hold { get; init; }

    /// <summary>Connections in all channels.</summary>
    public int Connections => Channels * Members;

    /// <summary>Deliveries of the whole load: each message to every other member of its channel.</summary>
    public long Deliveries => (long)Channels * Senders * Messages * (Members - 1);

    /// <summary>The same load with <paramref name="factor"/> times the messages, at least one. A load with an idle time does not change.</summary>
    public Workload Scaled(double factor) =>
        Hold > TimeSpan.Zero ? this : this with { Messages = (int)Math.Max(1, Math.Min(Messages * factor, int.MaxValue)) };

    /// <summary>A load of the same kind that takes a second or two: enough to check the deliveries.</summary>
    public Workload Quick() => this with
    {
        Channels = Math.Min(Channels, 20),
        Members = Math.Min(Members, 301),
        Messages = Math.Max(1, Messages / 10),
        Hold = Hold / 5,
    };

    /// <summary>The same load with at most <paramref name="connections"/> connections (at least 2).</summary>
    public Workload LimitedTo(int connections)
    {
        if (Connections <= connections)
        {
            return this;
        }

        int channels = Math.Min(Channels, connections / 2);
        int members = connections / channels;
        return this with { Channels = channels, Members = members, Senders = Math.Min(Senders, members) };
    }
}
