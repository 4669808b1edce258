using ThreadedChat.ChatServer.Cluster;

namespace ThreadedChat.ChatServer.Tests.Cluster;

/// <summary>
/// An engine in memory, for several servers with threads: on the way to it entries are lost, doubled, delayed and overtaken, the connection
/// breaks, and its log can go back or be wiped. Any thread may call.
/// </summary>
internal sealed class LogInMemory(int seed, bool isFaulty)
{
    /// <summary>Guards all fields. A monitor, since readers wait on it.</summary>
    private readonly object _gate = new();

    private readonly Random _random = new(seed);
    private readonly List<StoredEntry> _entries = [];
    private readonly List<StoredEntry> _pieces = [];
    private readonly List<byte[]> _delayed = [];
    private readonly List<MemoryEngine> _engines = [];
    private long _stamp;
    private long _first = 1;
    private int _breaks;

    /// <summary>How many entries were lost, doubled or delayed.</summary>
    public int Faults { get; private set; }

    public void Add(MemoryEngine engine)
    {
        lock (_gate)
        {
            _engines.Add(engine);
        }
    }

    public void Remove(MemoryEngine engine)
    {
        lock (_gate)
        {
            _engines.Remove(engine);
        }
    }

    public (long First, long Last) Range()
    {
        lock (_gate)
        {
            return (_first, _entries.Count);
        }
    }

    public void Append(byte[] payload)
    {
        lock (_gate)
        {
            int fault = isFaulty ? _random.Next(40) : int.MaxValue;
            Faults += fault < 8 ? 1 : 0;
            switch (fault)
            {
                case 0:
                    break; // lost
                case < 4:
                    Store(payload);
                    Store(payload);
                    break;
                case < 8:
                    _delayed.Add(payload);
                    break;
                default:
                    Store(payload);
                    break;
            }

            while (_delayed.Count > 0 && _random.Next(3) == 0)
            {
                int which = _random.Next(_delayed.Count);
                Store(_delayed[which]);
                _delayed.RemoveAt(which);
            }
        }
    }

    /// <summary>The entries up to a position expire.</summary>
    public void Expire(long upTo)
    {
        lock (_gate)
        {
            _first = Math.Max(_first, upTo + 1);
        }
    }

    /// <summary>Stores something that is made from what is there.</summary>
    public void Add(Func<IReadOnlyList<StoredEntry>, byte[]> make)
    {
        lock (_gate)
        {
            Store(make(_entries));
        }
    }

    /// <summary>The entry at a position, or the first one behind it that has not expired; waits for one until the connection breaks.</summary>
    public bool TryRead(long position, int breaks, bool waits, Func<bool> isCancelled, out StoredEntry entry)
    {
        lock (_gate)
        {
            position = Math.Max(position, _first);
            while (waits && breaks == _breaks && !isCancelled() && position > _entries.Count)
            {
                Monitor.Wait(_gate);
            }

            bool isThere = breaks == _breaks && !isCancelled() && position <= _entries.Count;
            entry = isThere ? _entries[(int)position - 1] : default;
            return isThere;
        }
    }

    public int Breaks
    {
        get
        {
            lock (_gate)
            {
                return _breaks;
            }
        }
    }

    public void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The connections break and are there again, after something has happened to the log.</summary>
    public void Break(Action<List<StoredEntry>>? change = null)
    {
        MemoryEngine[] engines;
        lock (_gate)
        {
            _breaks++;
            change?.Invoke(_entries);
            engines = [.. _engines];
            Monitor.PulseAll(_gate);
        }

        Array.ForEach(engines, engine => engine.ConnectionChanged?.Invoke(false));
        Array.ForEach(engines, engine => engine.ConnectionChanged?.Invoke(true));
    }

    public void Wipe() => Break(entries =>
    {
        entries.Clear();
        _pieces.Clear();
    });

    public void StorePiece(byte[] piece)
    {
        lock (_gate)
        {
            _pieces.Add(new StoredEntry(_pieces.Count + 1, 0, piece));
        }
    }

    public StoredEntry? Piece(long? position)
    {
        lock (_gate)
        {
            int at = (int)(position ?? _pieces.Count) - 1;
            return at >= 0 && at < _pieces.Count ? _pieces[at] : null;
        }
    }

    public void Notify(byte[] notice)
    {
        MemoryEngine[] engines;
        lock (_gate)
        {
            engines = [.. _engines];
        }

        Array.ForEach(engines, engine => engine.NoticeReceived?.Invoke(notice));
    }

    private void Store(byte[] payload)
    {
        _entries.Add(new StoredEntry(_entries.Count + 1, DateTime.UnixEpoch.Ticks + ++_stamp, payload));
        Monitor.PulseAll(_gate);
    }
}
