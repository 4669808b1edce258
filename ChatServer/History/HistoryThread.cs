using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.History;

/// <summary>
/// The one thread that writes the history: in each round all rows since the last round, in one transaction. If the disk
/// fails it tries the same batch again and again, while the queue fills.
/// </summary>
/// <param name="queue">The source of the batches.</param>
/// <param name="open">Opens the file again after a failure.</param>
/// <param name="nextRow">The number of the first row.</param>
/// <param name="time">The clock.</param>
internal sealed class HistoryThread(HistoryQueue queue, Func<IHistoryStore> open, long nextRow, TimeProvider time) : IDisposable
{
    /// <summary>A message waits at most so long for others, and then for the transaction. After a kill these are lost.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim _end = new(initialState: false, spinCount: 0);
    private IHistoryStore? _store;
    private ILogger? _log;
    private Thread? _thread;
    private long _nextRow = nextRow;
    private long _writingSince; // of the environment's ticks; 0 while nothing is written; read by the watch
    private int _unwritten;
    private long _lastIndexed;
    private bool _hasMoreToIndex;
    private bool _hasMoreToPrune;
    private bool _isBehind;
    private long _written;
    private long _failures;

    /// <summary>Messages that were written, and writes that failed.</summary>
    public (long Written, long Failures) Counts => (Volatile.Read(ref _written), Volatile.Read(ref _failures));

    /// <summary>For how long it has been writing; zero if it is not writing.</summary>
    public TimeSpan Writing => Volatile.Read(ref _writingSince) is > 0 and long since
        ? TimeSpan.FromMilliseconds(Environment.TickCount64 - since)
        : TimeSpan.Zero;

    /// <summary>Starts the thread. The store, already open, belongs to it from now on.</summary>
    public void Start(IHistoryStore store, ILogger log, Faults faults)
    {
        _store = store;
        _log = log;
        _thread = new Thread(() => faults.Guard("writing the history", Run)) { Name = "history", IsBackground = true };
        _thread.Start();

        // The thread cannot tell itself that it waits for the disk. A thread of its own, and no timer: for a timer the runtime starts
        // threads later, and aborts the process if the machine has no thread or no file for them.
        new Thread(() => WatchWriting(faults)) { Name = "history-watch", IsBackground = true }.Start();
    }

    /// <summary>Writes everything and ends the thread; gives up after <paramref name="limit"/>.</summary>
    public void End(TimeSpan limit)
    {
        queue.End();
        bool hasEnded = _thread is null || _thread.Join(limit);
        Dispose();
        int left = Volatile.Read(ref _unwritten) + (queue.Counts.Bytes / Frame.Size); // what is taken, and what still waits
        if (!hasEnded && left > 0)
        {
            _log?.HistoryLacksEnd(left, "the disk does not answer");
        }
    }

    /// <summary>Ends the watch. The thread ends with <see cref="End"/>.</summary>
    public void Dispose() => _end.Set();

    private void Run()
    {
        try
        {
            bool isLast;
            do
            {
                isLast = queue.IsEnding; // before the batch is taken: nothing comes after the end
                if (TryTake() is not { } batch)
                {
                    queue.WaitForEnd(Retry);
                    continue;
                }

                Write(batch);
                queue.Done(_nextRow - 1, _lastIndexed);
                while (_isBehind && !queue.IsEnding)
                {
                    Write(new HistoryBatch([], []));
                }
            }
            while (!isLast);
        }
        finally
        {
            _store?.Dispose();
        }
    }

    /// <summary>Null if there is no memory for it: then all rows still wait.</summary>
    private HistoryBatch? TryTake()
    {
        try
        {
            return queue.Take(_hasMoreToIndex || _hasMoreToPrune ? TimeSpan.Zero : Idle, Delay);
        }
        catch (OutOfMemoryException)
        {
            _log!.HistoryNotWritten("there is no memory");
            return null;
        }
    }

    private void Write(HistoryBatch batch)
    {
        if (batch.Missing > 0)
        {
            _log!.HistoryHasGap(batch.Missing);
        }

        batch.FirstRow = _nextRow;
        _nextRow += batch.Rows;
        Volatile.Write(ref _unwritten, batch.Rows);
        bool hasFailed = false;
        while (!TryWrite(batch, out string reason))
        {
            hasFailed = true;
            Volatile.Write(ref _failures, _failures + 1);
            if (queue.IsEnding)
            {
                _log!.HistoryLacksEnd(batch.Rows, reason);
                return;
            }

            _log!.HistoryNotWritten(reason);
            queue.WaitForEnd(Retry);
        }

        Volatile.Write(ref _unwritten, 0);
        Volatile.Write(ref _written, _written + batch.Messages);
        if (hasFailed)
        {
            _log!.HistoryWrittenAgain();
        }
    }

    private bool TryWrite(HistoryBatch batch, out string reason)
    {
        reason = "";
        Volatile.Write(ref _writingSince, Environment.TickCount64);
        try
        {
            _store ??= open();
            if (!batch.IsEmpty)
            {
                _store.Write(batch);
            }

            _hasMoreToIndex = _store.Index(isBusy: batch.IsLarge && !batch.IsForSearch);
            _lastIndexed = _store.LastIndexed;
            _hasMoreToPrune = _store.Prune(time.GetUtcNow().ToUnixTimeMilliseconds());
            _isBehind = _store.IsBehind;
            return true;
        }
        catch (Exception e) when (e is SqliteException or HistoryException or IOException or InvalidOperationException or OutOfMemoryException)
        {
            // Its state is unknown: it is opened again.
            reason = HistoryDatabase.Explain(e);
            _store?.Dispose();
            _store = null;
            return false;
        }
        finally
        {
            Volatile.Write(ref _writingSince, 0);
        }
    }

    private void WatchWriting(Faults faults)
    {
        while (!_end.Wait(Watch))
        {
            faults.Guard("watching the history", LookAtWriting);
        }
    }

    private void LookAtWriting()
    {
        long since = Volatile.Read(ref _writingSince);
        long seconds = since == 0 ? 0 : (Environment.TickCount64 - since) / 1_000;
        if (seconds > 0)
        {
            _log!.HistoryStandsStill(seconds);
        }
    }
}
