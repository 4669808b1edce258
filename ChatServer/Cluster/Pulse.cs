using System.Globalization;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// A thread that adds a beat in each interval, the next one only when the last was applied. So it knows whether the log advances:
/// if it does not, this thread has the log read again, logs that the engine cannot be reached, and after a time limit gives up.
/// </summary>
internal sealed class Pulse(
    ClusterTarget target,
    IEngine engine,
    Outlet outlet,
    ClusterFigures figures,
    Func<(LogCommand Beat, int Servers)> makeBeat,
    Func<(string Channel, long Since)[]> emptyChannels,
    Action readAnew,
    Action<string> lose,
    Faults faults,
    ILogger log) : IDisposable
{
    /// <summary>A beat that is not applied within this time means that something is wrong.</summary>
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private const int LongestLook = 500;

    private static readonly TimeSpan StateInterval = TimeSpan.FromMinutes(1);

    private readonly ManualResetEventSlim _end = new(initialState: false, spinCount: 0);
    private readonly Dictionary<string, (long Since, long At)> _empty = new(StringComparer.Ordinal);
    private readonly TimeSpan? _ttl;
    private Thread? _thread;
    private long _stateAt = Environment.TickCount64;

    /// <summary>After this time an empty channel is removed; null: it stays.</summary>
    public TimeSpan? ChannelTtl
    {
        get => _ttl;
        init => _ttl = value;
    }

    public void Start()
    {
        _thread = new Thread(() => faults.Guard("sending beats", Run)) { Name = "cluster-pulse", IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _end.Set();
        _thread?.Join();
        _end.Dispose();
    }

    private void Run()
    {
        while (!_end.Wait(target.BeatInterval))
        {
            (LogCommand beat, int servers) = makeBeat();
            long start = Environment.TickCount64;
            LogRequest request = outlet.SubmitNow(beat);
            AwaitBeat(request, start);
            figures.Beat(Environment.TickCount64 - start, servers);
            RemoveEmpty();
            if (Environment.TickCount64 - _stateAt > StateInterval.TotalMilliseconds)
            {
                _stateAt = Environment.TickCount64;
                log.ClusterState(figures.Position, figures.Delay, figures.EntriesResent, figures.EntriesVoid, servers);
            }
        }
    }

    private void AwaitBeat(LogRequest request, long start)
    {
        long last = start;
        long waited = 0;
        long readAt = 0;
        while (!_end.IsSet && !request.IsDoneWithin(Look))
        {
            // The time for which this process itself was stopped does not count.
            long now = Environment.TickCount64;
            waited += Math.Min(now - last, LongestLook);
            last = now;
            bool isStuck = waited > StuckAfter.TotalMilliseconds;
            if (figures.IsReachable && (isStuck || !engine.IsConnected))
            {
                figures.IsReachable = false;
                log.EngineUnreachable(engine.IsConnected ? "no answer" : "no connection");
            }

            if (engine.IsConnected && waited - readAt > StuckAfter.TotalMilliseconds)
            {
                readAt = waited;
                readAnew();
            }

            if (waited > target.EngineTimeout.TotalMilliseconds)
            {
                lose(string.Create(
                    CultureInfo.InvariantCulture, $"the engine could not be reached for {target.EngineTimeout.TotalSeconds} s"));
                return;
            }
        }

        if (!_end.IsSet && !figures.IsReachable)
        {
            figures.IsReachable = true;
            log.EngineReachable(Environment.TickCount64 - start);
        }
    }

    /// <summary>Proposes to remove the channels that have been empty for long. Whether they still are is decided when that is applied.</summary>
    private void RemoveEmpty()
    {
        if (_ttl is not TimeSpan ttl)
        {
            return;
        }

        (string Channel, long Since)[] empty = emptyChannels();
        foreach (string gone in _empty.Keys.Except(empty.Select(one => one.Channel)).ToArray())
        {
            _empty.Remove(gone);
        }

        long now = Environment.TickCount64;
        foreach ((string channel, long since) in empty)
        {
            if (!_empty.TryGetValue(channel, out var known) || known.Since != since)
            {
                _empty[channel] = (since, now);
            }
            else if (now - known.At > ttl.TotalMilliseconds)
            {
                outlet.SubmitNow(new LogCommand(CommandKind.RemoveEmpty) { Place = channel, Number = since });
            }
        }
    }
}
