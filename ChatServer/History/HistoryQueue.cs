using System.Diagnostics;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.History;

/// <summary>
/// Rows that wait to be written: bounded, so that a slow or hanging disk costs a limited amount of memory and delays no client.
/// Messages without space (<see cref="HistoryRoom"/>) are counted for each channel, and a gap takes their place.
/// </summary>
/// <param name="maxBytes">Bytes of frames that may wait.</param>
/// <param name="time">The clock for the messages.</param>
/// <param name="place">The place that the file has; null for none.</param>
internal sealed class HistoryQueue(int maxBytes, TimeProvider time, RecordPlace? place = null)
{
    /// <summary>Milliseconds after which a place is written though there was no message.</summary>
    private const int PlaceInterval = 30_000;

    /// <summary>
    /// Guards all fields. A leaf: taken under a channel's gate and under the lock of the channel table, and no lock is taken under it. It
    /// is a monitor, since threads wait on it.
    /// </summary>
    private readonly object _gate = new();

    /// <summary>How often a reader that waits looks whether its client has left. Each look takes the gate, which the senders of a channel need too.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    private readonly MissingMessages _missing = new();
    private readonly HistoryRoom _room = new(maxBytes);
    private readonly HistoryProgress _progress = new();

    private List<HistoryEntry> _entries = [];
    private LinkedList<ChannelChange> _changes = [];
    private RecordPlace? _place = place;
    private long _placeTakenAt = Environment.TickCount64;
    private bool _isUrgent;
    private bool _isEnding;

    /// <summary>Messages without space, in all.</summary>
    private long _missed;

    /// <summary>Bytes of frames that wait, and how many messages had no space.</summary>
    public (int Bytes, long Missed) Counts
    {
        get
        {
            lock (_gate)
            {
                return (_room.Bytes, _missed);
            }
        }
    }

    /// <summary>Takes messages of a channel. The caller holds the channel's gate, so their order is the channel's.</summary>
    public void Add(ChannelRecord channel, ReadOnlyMemory<byte> frames, RecordPlace? place = null)
    {
        long now = place?.At ?? time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_gate)
        {
            _place = place ?? _place;
            // After a message without space the later ones would be on the wrong side of the gap.
            if (channel.Missing > 0 || !_room.Fits(channel, frames.Length) || !TryAdd_NeedsGate(new HistoryEntry(channel, frames, now)))
            {
                _missing.Add(channel, frames.Length / Frame.Size);
                _missed += frames.Length / Frame.Size;
                return;
            }

            channel.LastBatch = _progress.Taken + 1;
            _room.Take(channel, frames.Length);
            if (_entries.Count == 1)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>The last place.</summary>
    public RecordPlace? Place
    {
        get
        {
            lock (_gate)
            {
                return _place;
            }
        }
    }

    /// <summary>Notes that everything up to a place was added.</summary>
    public void Note(RecordPlace place)
    {
        lock (_gate)
        {
            _place = place;
        }
    }

    /// <summary>Notes that a channel was made or removed.</summary>
    public void Change(ChannelRecord channel, bool isClosed)
    {
        lock (_gate)
        {
            // While the disk hangs, channels that begin and end must not fill the memory. There may be a million of them.
            bool waits = channel.Opening is { } opening && opening.List == _changes;
            if (isClosed && waits && channel.LastBatch != _progress.Taken + 1)
            {
                _changes.Remove(channel.Opening!);
                channel.Opening = null;
                _missing.Remove(channel);
                return;
            }

            LinkedListNode<ChannelChange> node = _changes.AddLast(new ChannelChange(channel, isClosed));
            channel.Opening = isClosed ? null : node;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>
    /// Waits for the first row, at most for <paramref name="idle"/>, and then for <paramref name="delay"/> for more.
    /// Takes everything; an empty batch if there is nothing. Waits for nothing while a search waits.
    /// </summary>
    public HistoryBatch Take(TimeSpan idle, TimeSpan delay)
    {
        lock (_gate)
        {
            Wait_NeedsGate(idle, () => !IsEmpty_NeedsGate || MustHurry_NeedsGate);
            Wait_NeedsGate(delay, () => MustHurry_NeedsGate);
            AddGaps_NeedsGate();
            // Every step that needs memory comes before the first change.
            bool takesPlace = _entries.Count > 0 || _isEnding || Environment.TickCount64 - _placeTakenAt >= PlaceInterval;
            var batch = new HistoryBatch(_entries, [.. _changes]) { IsForSearch = _progress.IsSearchWaiting, Place = takesPlace ? _place : null };
            (List<HistoryEntry> entries, LinkedList<ChannelChange> changes) = ([], []);
            foreach (ChannelChange change in _changes)
            {
                change.Channel.Opening = null;
            }

            (_entries, _changes) = (entries, changes);
            _room.Clear();
            _placeTakenAt = takesPlace ? Environment.TickCount64 : _placeTakenAt;
            _isUrgent = false;
            _progress.Take();
            return batch;
        }
    }

    /// <summary>Notes that the batch that was taken last is done with.</summary>
    /// <param name="lastRow">The last row that was written.</param>
    /// <param name="lastIndexed">All rows up to this one are indexed.</param>
    public void Done(long lastRow, long lastIndexed)
    {
        lock (_gate)
        {
            _progress.Done(lastRow, lastIndexed);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>
    /// Waits until all that was added to a channel so far is done with, at most for <paramref name="limit"/>; for a search, until it is indexed. True if it
    /// is. The messages of other channels are not waited for: there may be many.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="limit">The longest wait.</param>
    /// <param name="isForSearch">True for a search.</param>
    /// <param name="isOver">True once nobody waits for the answer: then the wait ends. Reads without a lock. Null for never.</param>
    public bool WaitUntilDone(ChannelRecord channel, TimeSpan limit, bool isForSearch = false, Func<bool>? isOver = null)
    {
        lock (_gate)
        {
            long last = channel.Missing > 0 ? _progress.Taken + 1 : channel.LastBatch;
            if (_progress.Has(last, isForSearch))
            {
                return true;
            }

            _isUrgent = true;
            if (isForSearch)
            {
                _progress.AwaitIndexed(last);
            }

            Monitor.PulseAll(_gate);
            MonitorWait.Until(
                _gate, () => _progress.Has(last, isForSearch) || _isEnding || isOver?.Invoke() == true, TimeProvider.System, limit, LookInterval);
            return _progress.Has(last, isForSearch);
        }
    }

    /// <summary>From now on nothing waits: see <see cref="Take"/>.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isEnding = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>True after <see cref="End"/>.</summary>
    public bool IsEnding
    {
        get
        {
            lock (_gate)
            {
                return _isEnding;
            }
        }
    }

    /// <summary>Waits, at most for <paramref name="limit"/>, for <see cref="End"/>.</summary>
    public void WaitForEnd(TimeSpan limit)
    {
        lock (_gate)
        {
            Wait_NeedsGate(limit, () => _isEnding);
        }
    }

    private bool MustHurry_NeedsGate => _isUrgent || _isEnding || _progress.IsSearchWaiting;

    private bool IsEmpty_NeedsGate => _entries.Count == 0 && _changes.Count == 0 && _missing.First is null;

    private bool TryAdd_NeedsGate(HistoryEntry entry)
    {
        AssertGate();
        try
        {
            _entries.Add(entry);
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false; // the chat continues
        }
    }

    /// <summary>All that was added to these channels came before the gaps.</summary>
    private void AddGaps_NeedsGate()
    {
        AssertGate();
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        while (_missing.First is ChannelRecord channel)
        {
            _entries.Add(new HistoryEntry(channel, default, now, channel.Missing));
            channel.LastBatch = _progress.Taken + 1;
            _missing.Remove(channel);
        }
    }

    /// <summary>Waits for a condition, which is looked at each time that the gate is pulsed.</summary>
    private void Wait_NeedsGate(TimeSpan limit, Func<bool> isDone)
    {
        AssertGate();
        MonitorWait.Until(_gate, isDone, TimeProvider.System, limit);
    }

    private void AssertGate() => Debug.Assert(Monitor.IsEntered(_gate), "The gate guards what waits.");
}
