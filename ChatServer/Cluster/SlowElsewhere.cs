using System.Diagnostics;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// The channels that have a congested member on another server, as those servers report. The senders to them wait. A notice is valid for a
/// short time and is repeated, so a lost one does no harm.
/// </summary>
internal sealed class SlowElsewhere
{
    /// <summary>Milliseconds for which a notice is valid.</summary>
    internal const int Holds = 1_000;

    /// <summary>Guards <see cref="_until"/> and <see cref="_isOver"/>. A leaf. A monitor, since senders wait on it.</summary>
    private readonly object _gate = new();

    private readonly Dictionary<(string Place, long Server), long> _until = [];
    private volatile bool _isAny;
    private bool _isOver;

    /// <summary>A server has told that a place is slow, or is not slow any more.</summary>
    public void Told(string place, long server, bool isSlow)
    {
        lock (_gate)
        {
            if (isSlow)
            {
                _until[(place, server)] = Environment.TickCount64 + Holds;
            }
            else
            {
                _until.Remove((place, server));
            }

            _isAny = _until.Count > 0;
            Monitor.PulseAll(_gate);
        }
    }

    public bool IsSlow(string place)
    {
        if (!_isAny)
        {
            return false;
        }

        lock (_gate)
        {
            return UntilSpace_NeedsGate(place) > 0;
        }
    }

    /// <summary>Waits until a place is not slow any more, or the notices about it are no longer valid.</summary>
    public void WaitForSpace(string place)
    {
        lock (_gate)
        {
            while (!_isOver && UntilSpace_NeedsGate(place) is > 0 and long left)
            {
                Monitor.Wait(_gate, (int)left);
            }
        }
    }

    /// <summary>Ends all waits, now and later.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isOver = true;
            Monitor.PulseAll(_gate);
        }
    }

    private long UntilSpace_NeedsGate(string place)
    {
        Debug.Assert(Monitor.IsEntered(_gate), "The gate guards the notices.");
        long now = Environment.TickCount64;
        long latest = 0;
        foreach (((string Place, long Server) key, long until) in _until.ToArray())
        {
            if (until <= now)
            {
                _until.Remove(key);
            }
            else if (key.Place == place)
            {
                latest = Math.Max(latest, until - now);
            }
        }

        _isAny = _until.Count > 0;
        return latest;
    }
}
