using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// The channels in which a member on this server is congested. While there is one, a thread informs the other servers, whose clients
/// then wait, and disconnects the members whose time is over: there may be no sender on this server that does it.
/// </summary>
internal sealed class SlowMembers(long incarnation, IEngine engine, Faults faults)
{
    private const int Tick = 50;

    /// <summary>Milliseconds after which a notice is repeated.</summary>
    private const int Repeat = SlowElsewhere.Holds / 4;

    /// <summary>Guards <see cref="_slow"/> and <see cref="_isOver"/>. A leaf. A monitor, since the thread waits on it.</summary>
    private readonly object _gate = new();

    private readonly Dictionary<string, (Channel Channel, long ToldAt)> _slow = new(StringComparer.Ordinal);
    private bool _isOver;
    private Thread? _thread;

    public void Start()
    {
        _thread = new Thread(Run) { Name = "cluster-slow", IsBackground = true };
        _thread.Start();
    }

    /// <summary>A member of the channel, on this server, is congested.</summary>
    public void Note(string place, Channel channel)
    {
        lock (_gate)
        {
            if (_slow.TryAdd(place, (channel, 0)))
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _isOver = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>After <see cref="End"/>: waits until the thread has ended.</summary>
    public void Join() => _thread?.Join();

    private void Run()
    {
        while (Next() is { } slow)
        {
            foreach ((string place, Channel channel, long toldAt) in slow)
            {
                faults.Guard("checking slow members", () => Check(place, channel, toldAt));
            }
        }
    }

    private (string Place, Channel Channel, long ToldAt)[]? Next()
    {
        lock (_gate)
        {
            if (_slow.Count > 0 && !_isOver)
            {
                bool isNew = _slow.Values.Any(one => one.ToldAt == 0);
                if (!isNew)
                {
                    Monitor.Wait(_gate, Tick);
                }
            }

            while (_slow.Count == 0 && !_isOver)
            {
                Monitor.Wait(_gate);
            }

            return _isOver ? null : [.. _slow.Select(one => (one.Key, one.Value.Channel, one.Value.ToldAt))];
        }
    }

    private void Check(string place, Channel channel, long toldAt)
    {
        bool isSlow = channel.CheckCongested();
        long now = Environment.TickCount64;
        bool mustTell = !isSlow || now - toldAt >= Repeat;
        lock (_gate)
        {
            if (!isSlow)
            {
                _slow.Remove(place);
            }
            else if (mustTell)
            {
                _slow[place] = (channel, now);
            }
        }

        if (!isSlow && channel.CheckCongested())
        {
            Note(place, channel); // congested anew before it was taken off the list
        }

        if (mustTell)
        {
            try
            {
                engine.Notify(new SlowNotice(incarnation, isSlow, place).Encode());
            }
            catch (EngineException)
            {
                // A notice is repeated, and the hard limit of the queue holds without it.
            }
        }
    }
}
