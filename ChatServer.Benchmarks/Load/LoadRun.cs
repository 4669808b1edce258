using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>
/// One run of a load against a server: all members join, the senders send as the window or the rate allows, and every delivery
/// is checked. One thread does all of it, and allocates nothing during the load.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class LoadRun : IFrameListener, IDisposable
{
    private const int LongestRound = 100; // milliseconds

    /// <summary>The time to receive after the last delivery, to find doubled ones.</summary>
    private static readonly TimeSpan ExtraTime = TimeSpan.FromSeconds(0.1);

    private readonly Workload _load;
    private readonly EndPoint _server;
    private readonly ServerUsage? _usage;
    private readonly TimeSpan _limit;
    private readonly LoadClients _clients;
    private readonly Ledger _ledger;
    private readonly LatencyHistogram _latency = new();
    private readonly Pacer _pacer;
    private long _lastDelivery;
    private string? _firstWrong;

    /// <param name="load">The load.</param>
    /// <param name="server">The server's address.</param>
    /// <param name="usage">The server's process, if known.</param>
    /// <param name="limit">The run fails after this time without a delivery.</param>
    public LoadRun(Workload load, EndPoint server, ServerUsage? usage, TimeSpan limit)
    {
        _load = load;
        _server = server;
        _usage = usage;
        _limit = limit;
        _clients = new LoadClients(load, $"bench-{Guid.NewGuid():N}"[..14]);
        _ledger = new Ledger(load);
        _pacer = new Pacer(load, _clients, _ledger);
    }

    /// <summary>Makes the run. Its errors are part of the result.</summary>
    /// <exception cref="BenchmarkException">The run ended before the first message.</exception>
    public LoadOutcome Execute()
    {
        ServerUse? empty = _usage?.Read();
        double connectSeconds = new JoinPhase(_clients, _server, _limit).Run();

        ServerUse? joined = _usage?.Read();
        Receive(_load.Hold);

        ServerUse? held = _usage?.Read();
        TimeSpan ownCpu = Environment.CpuUsage.TotalTime;
        string? trouble = SendAndCollect();
        ownCpu = Environment.CpuUsage.TotalTime - ownCpu;
        ServerUse? done = _usage?.Read();

        Receive(ExtraTime);
        return new LoadOutcome
        {
            Delivered = _ledger.Delivered,
            Errors = _ledger.Errors with { Disconnected = _clients.Lost },
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
                IdleServerCpuShare = IfHeld((held?.CpuSeconds - joined?.CpuSeconds) / _load.Hold.TotalSeconds),
                IdleMemoryBytesPerClient = IfHeld((held?.MemoryBytes - empty?.MemoryBytes) / _load.Connections),
            },
        };
    }

    public void OnReceived(LoadMember member, ReadOnlySpan<byte> frames, long now)
    {
        LoadChannel channel = member.Channel;
        for (; !frames.IsEmpty; frames = frames[Frame.Size..])
        {
            ReadOnlySpan<byte> frame = frames[..Frame.Size];
            if (!StampedMessage.TryRead(frame, out Stamp stamp) || stamp.SentAt < _pacer.Start || stamp.SentAt > now)
            {
                OnOtherFrame(frame);
            }
            else if (_ledger.Deliver(member.Number, stamp))
            {
                channel.Delivered();
                _latency.Record(now - stamp.SentAt);
                _lastDelivery = now;
            }
        }

        _pacer.MarkReady(channel);
    }

    public void Dispose() => _clients.Dispose();

    private void OnOtherFrame(ReadOnlySpan<byte> frame)
    {
        // When the server disconnects a member, the others get a notice. The disconnect is counted separately.
        if (!JoinPhase.IsNotice(StampedMessage.PlainText(frame)))
        {
            _ledger.Wrong();
            _firstWrong ??= Frame.Decode(frame);
        }
    }

    /// <summary>Returns null when everything is delivered, otherwise why the run ended.</summary>
    private string? SendAndCollect()
    {
        var stall = new StallDetector(_limit);
        _pacer.Begin();
        while (!_ledger.IsComplete)
        {
            _pacer.StageMessages();
            _clients.RunRound(Math.Min(_pacer.MillisecondsToNextMessage(), LongestRound), this);
            if (_clients.Lost > 0)
            {
                return "the server closed connections";
            }

            if (stall.IsStalled(_ledger.Delivered))
            {
                return $"no delivery for {_limit.TotalSeconds} s";
            }
        }

        return null;
    }

    private void Receive(TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        for (TimeSpan left = duration; left > TimeSpan.Zero; left = duration - Stopwatch.GetElapsedTime(start))
        {
            _clients.RunRound((int)Math.Ceiling(Math.Min(left.TotalMilliseconds, LongestRound)), this);
        }
    }

    private double DeliveriesPerSecond() =>
        _ledger.Delivered == 0 ? 0 : _ledger.Delivered / Stopwatch.GetElapsedTime(_pacer.Start, _lastDelivery).TotalSeconds;

    private double? PerDelivery(double? seconds) => _ledger.Delivered == 0 ? null : seconds * 1e6 / _ledger.Delivered;

    private double? IfHeld(double? value) => _load.Hold > TimeSpan.Zero ? value : null;

    private static double ToMicroseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
