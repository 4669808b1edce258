using System.Diagnostics;
using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.History;

/// <summary>
/// The line of the clients that wait for a query of one kind. The address that has used least of it lately comes first, and within an address the
/// client that has used least. So one that asks now and then does not wait behind those that ask without a pause. An address has at most half of
/// the places.
/// </summary>
/// <param name="places">How many queries run at a time.</param>
/// <param name="time">The clock for what was used.</param>
internal sealed class QueryTurns(int places, TimeProvider time)
{
    /// <summary>How many may wait. For one more, one of the address with most of them is rejected.</summary>
    internal const int MostWaiting = 64;

    /// <summary>The part of all time that an address, or a client, may use without coming later for it.</summary>
    internal const double FreePart = 0.1;

    /// <summary>The most time that is remembered. With <see cref="FreePart"/>, all is forgotten after ten minutes without a query.</summary>
    internal static readonly TimeSpan MostUsed = TimeSpan.FromMinutes(1);

    /// <summary>The time between two looks whether somebody still waits for the answer.</summary>
    internal static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Guards all fields, and the state of the queries in them. A leaf.</summary>
    private readonly Lock _gate = new();

    /// <summary>In the order in which they came.</summary>
    private readonly List<WaitingQuery> _waiting = [];

    private readonly Dictionary<string, int> _running = new(StringComparer.Ordinal);

    /// <summary>By address and by client. There are few, since what is used little is forgotten soon.</summary>
    private readonly Dictionary<object, (TimeSpan Used, long At)> _used = [];

    /// <summary>Half of the places, at least one.</summary>
    private readonly int _mostOfAddress = Math.Max(1, places / 2);

    private int _free = places;

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Runs a query in its turn. False if the turn does not come within <paramref name="limit"/>, or too many wait.</summary>
    /// <param name="address">The address of the client, in any form that is equal for equal addresses.</param>
    /// <param name="client">The client.</param>
    /// <param name="limit">How long it may wait.</param>
    /// <param name="run">The query.</param>
    /// <param name="isOver">True once nobody waits for the answer: then the query is not run. Reads without a lock. Null for never.</param>
    public bool TryRun(string address, object client, TimeSpan limit, Action run, Func<bool>? isOver = null)
    {
        isOver ??= () => false;
        var query = new WaitingQuery(address, client);
        if (!TryBegin(query, limit, isOver))
        {
            return false;
        }

        long start = time.GetTimestamp();
        try
        {
            if (isOver())
            {
                return false;
            }

            run();
            return true;
        }
        finally
        {
            WaitingQuery? next;
            lock (_gate)
            {
                next = End_NeedsGate(query, time.GetElapsedTime(start));
            }

            next?.Signal();
        }
    }

    private bool TryBegin(WaitingQuery query, TimeSpan limit, Func<bool> isOver)
    {
        WaitingQuery? rejected;
        lock (_gate)
        {
            rejected = Add_NeedsGate(query);
            if (query.IsRunning)
            {
                return true;
            }
        }

        rejected?.Signal();
        query.Await(limit, isOver);
        lock (_gate)
        {
            _waiting.Remove(query); // it may have got its place at the last moment, or have been rejected
            return query.IsRunning;
        }
    }

    /// <summary>Adds a query. Returns the one that is rejected for it, which may be the same.</summary>
    private WaitingQuery? Add_NeedsGate(WaitingQuery query)
    {
        AssertGate();
        _waiting.Add(query);
        if (StartNext_NeedsGate() is WaitingQuery started)
        {
            Debug.Assert(started == query, "Any other query would have begun before.");
            return null;
        }

        if (_waiting.Count <= MostWaiting)
        {
            return null;
        }

        WaitingQuery last = LastOfMost_NeedsGate();
        _waiting.Remove(last);
        return last;
    }

    /// <summary>Returns the query that begins now, since this one has ended.</summary>
    private WaitingQuery? End_NeedsGate(WaitingQuery query, TimeSpan took)
    {
        AssertGate();
        _free++;
        if (--_running[query.Address] == 0)
        {
            _running.Remove(query.Address);
        }

        long now = time.GetTimestamp();
        foreach (object forgotten in _used.Keys.Where(key => Used_NeedsGate(key, now) == TimeSpan.Zero).ToArray())
        {
            _used.Remove(forgotten);
        }

        Use_NeedsGate(query.Address, took, now);
        Use_NeedsGate(query.Client, took, now);
        return StartNext_NeedsGate();
    }

    /// <summary>Gives a free place to the query whose turn it is: whose address, and then whose client, has used least; of several, the one that came first.</summary>
    private WaitingQuery? StartNext_NeedsGate()
    {
        AssertGate();
        if (_free == 0)
        {
            return null;
        }

        long now = time.GetTimestamp();
        WaitingQuery? next = _waiting
            .Where(query => _running.GetValueOrDefault(query.Address) < _mostOfAddress)
            .MinBy(query => (Used_NeedsGate(query.Address, now), Used_NeedsGate(query.Client, now)));
        if (next is not null)
        {
            _waiting.Remove(next);
            next.IsRunning = true;
            _free--;
            _running[next.Address] = _running.GetValueOrDefault(next.Address) + 1;
        }

        return next;
    }

    /// <summary>
    /// Of the address with most queries in the line, and of several of the one that has used most, the query of the client that has used most; of
    /// several, the one that came last. So many addresses with one query each do not push out those that have waited longest.
    /// </summary>
    private WaitingQuery LastOfMost_NeedsGate()
    {
        AssertGate();
        long now = time.GetTimestamp();
        return Enumerable.Reverse(_waiting)
            .GroupBy(query => query.Address, StringComparer.Ordinal)
            .MaxBy(group => (group.Count(), Used_NeedsGate(group.Key, now)))!
            .MaxBy(query => Used_NeedsGate(query.Client, now))!;
    }

    private TimeSpan Used_NeedsGate(object key, long now)
    {
        AssertGate();
        (TimeSpan used, long at) = _used.GetValueOrDefault(key);
        TimeSpan left = used - (time.GetElapsedTime(at, now) * FreePart);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Use_NeedsGate(object key, TimeSpan took, long now)
    {
        AssertGate();
        TimeSpan used = Used_NeedsGate(key, now) + took;
        _used[key] = (used < MostUsed ? used : MostUsed, now);
    }

    private void AssertGate() => Debug.Assert(_gate.IsHeldByCurrentThread, "The gate guards the line.");

    private sealed class WaitingQuery(string address, object client)
    {
        /// <summary>Guards <see cref="_isSignalled"/>. A leaf. A monitor, since the thread of the client waits on it.</summary>
        private readonly object _signal = new();

        private bool _isSignalled;

        public string Address { get; } = address;

        public object Client { get; } = client;

        /// <summary>True once it has a place. Guarded by the gate of the line.</summary>
        public bool IsRunning { get; set; }

        /// <summary>Lets the thread go on.</summary>
        public void Signal()
        {
            lock (_signal)
            {
                _isSignalled = true;
                Monitor.Pulse(_signal);
            }
        }

        /// <summary>Waits for <see cref="Signal"/>, at most for <paramref name="limit"/>, or until <paramref name="isOver"/>.</summary>
        public void Await(TimeSpan limit, Func<bool> isOver)
        {
            lock (_signal)
            {
                MonitorWait.Until(_signal, () => _isSignalled || isOver(), TimeProvider.System, limit, LookInterval);
            }
        }
    }
}
