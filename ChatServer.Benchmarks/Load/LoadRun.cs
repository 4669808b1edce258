using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>
/// One run of a load against a server: all members enter, the messages are sent as the window or the pace allows, and every
/// delivery is checked. One thread does all of it, and while messages flow it allocates nothing.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class LoadRun : IListener, IDisposable
{
    private const int LongestTurn = 100; // milliseconds

    /// <summary>How long to listen on when all has come, for what comes twice.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(0.1);

    private readonly Workload _load;
    private readonly EndPoint _server;
    private readonly ServerProbe? _probe;
    private readonly TimeSpan _patience;
    private readonly Crowd _crowd;
    private readonly Ledger _ledger;
    private readonly LatencyHistogram _latency = new();
    private readonly Pacer _pacer;
    private long _lastDelivery;
    private string? _firstWrong;

    /// <summary>Prepares a run.</summary>
    /// <param name="load">What to do.</param>
    /// <param name="server">Where the server listens.</param>
    /// <param name="probe">The server's process; null where it is not known.</param>
    /// <param name="patience">How long to wait for a delivery before giving up.</param>
    public LoadRun(Workload load, EndPoint server, ServerProbe? probe, TimeSpan patience)
    {
        _load = load;
        _server = server;
        _probe = probe;
        _patience = patience;
        _crowd = new Crowd(load, $"bench-{Guid.NewGuid():N}"[..14]);
        _ledger = new Ledger(load);
        _pacer = new Pacer(load, _crowd, _ledger);
    }

    /// <summary>Does it all. Faults are part of what it returns.</summary>
    /// <exception cref="BenchmarkException">It did not even come to the first message.</exception>
    public Outcome Execute()
    {
        ServerUse? empty = _probe?.Read();
        double connectSeconds = new Entrance(_crowd, _server, _patience).Admit();

        ServerUse? entered = _probe?.Read();
        Listen(_load.Hold);

        ServerUse? held = _probe?.Read();
        TimeSpan ownCpu = Environment.CpuUsage.TotalTime;
        string? trouble = SendAndCollect();
        ownCpu = Environment.CpuUsage.TotalTime - ownCpu;
        ServerUse? done = _probe?.Read();

        Listen(Linger);
        return new Outcome
        {
            Delivered = _ledger.Delivered,
            Faults = _ledger.Faults with { Disconnected = _crowd.Lost },
            Trouble = trouble,
            FirstWrongText = _firstWrong,
            Measures = new Measures
            {
                DeliveriesPerSecond = DeliveriesPerSecond(),
                ServerMicrosecondsPerDelivery = PerDelivery(done?.CpuSeconds - held?.CpuSeconds),
                OwnMicrosecondsPerDelivery = PerDelivery(ownCpu.TotalSeconds),
                LatencyP50Microseconds = ToMicroseconds(_latency.Percentile(0.50)),
                LatencyP99Microseconds = ToMicroseconds(_latency.Percentile(0.99)),
                LatencyMaxMicroseconds = ToMicroseconds(_latency.Max),
                ServerMemoryBytes = done?.MemoryBytes,
                ConnectsPerSecond = _load.Connections / connectSeconds,
                IdleServerCpuShare = IfHeld((held?.CpuSeconds - entered?.CpuSeconds) / _load.Hold.TotalSeconds),
                IdleMemoryBytesPerClient = IfHeld((held?.MemoryBytes - empty?.MemoryBytes) / _load.Connections),
            },
        };
    }

    /// <inheritdoc/>
    public void Heard(Member member, ReadOnlySpan<byte> frames, long now)
    {
        Room room = member.Room;
        for (; !frames.IsEmpty; frames = frames[Frame.Size..])
        {
            ReadOnlySpan<byte> frame = frames[..Frame.Size];
            if (!Message.TryRead(frame, out Stamp stamp) || stamp.SentAt < _pacer.Start || stamp.SentAt > now)
            {
                HeardOther(frame);
            }
            else if (_ledger.Deliver(member.Number, stamp))
            {
                room.Delivered();
                _latency.Record(now - stamp.SentAt);
                _lastDelivery = now;
            }
        }

        _pacer.List(room);
    }

    /// <inheritdoc/>
    public void Dispose() => _crowd.Dispose();

    private void HeardOther(ReadOnlySpan<byte> frame)
    {
        // Of somebody cut off the others hear that he has left; that he was is counted as it is.
        if (!Entrance.IsNotice(Message.PlainText(frame)))
        {
            _ledger.Wrong();
            _firstWrong ??= Frame.Decode(frame);
        }
    }

    /// <summary>Returns when all is delivered, or what keeps it from ever being.</summary>
    private string? SendAndCollect()
    {
        var patience = new Patience(_patience);
        _pacer.Begin();
        while (!_ledger.IsComplete)
        {
            _pacer.SendWhatMayBeSent();
            _crowd.Turn(Math.Min(_pacer.MillisecondsToNextMessage(), LongestTurn), this);
            if (_crowd.Lost > 0)
            {
                return "the server closed connections";
            }

            if (patience.IsOver(_ledger.Delivered))
            {
                return $"no delivery for {_patience.TotalSeconds} s";
            }
        }

        return null;
    }

    private void Listen(TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        for (TimeSpan left = duration; left > TimeSpan.Zero; left = duration - Stopwatch.GetElapsedTime(start))
        {
            _crowd.Turn((int)Math.Ceiling(Math.Min(left.TotalMilliseconds, LongestTurn)), this);
        }
    }

    private double DeliveriesPerSecond() =>
        _ledger.Delivered == 0 ? 0 : _ledger.Delivered / Stopwatch.GetElapsedTime(_pacer.Start, _lastDelivery).TotalSeconds;

    private double? PerDelivery(double? seconds) => _ledger.Delivered == 0 ? null : seconds * 1e6 / _ledger.Delivered;

    private double? IfHeld(double? value) => _load.Hold > TimeSpan.Zero ? value : null;

    private static double ToMicroseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
