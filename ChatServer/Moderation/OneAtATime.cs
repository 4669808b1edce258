using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>
/// Does pieces of work one at a time, in their order, on the threads that bring them. No lock is held meanwhile, so no thread waits for a
/// disk under a lock. A thread that comes while another one works leaves its piece to that one, or waits if
/// too many pieces wait already.
/// </summary>
internal sealed class OneAtATime
{
    /// <summary>Pieces that may wait. A disk that is slow must not fill the memory.</summary>
    internal const int MostWaiting = 64;

    /// <summary>Guards <see cref="_waiting"/> and <see cref="_isBusy"/>. A leaf: no work is done while it is held. A monitor, since threads wait here for space.</summary>
    private readonly object _gate = new();

    private readonly Queue<Action> _waiting = [];
    private bool _isBusy;

    /// <summary>
    /// Has <paramref name="work"/> done, which must not throw: now, or soon by the thread that is at work. False if there was no place for it within
    /// <paramref name="limit"/>: then it is not done.
    /// </summary>
    public bool Do(Action work, TimeSpan? limit = null)
    {
        lock (_gate)
        {
            if (!MonitorWait.Until(_gate, () => _waiting.Count < MostWaiting, TimeProvider.System, limit ?? TimeSpan.MaxValue))
            {
                return false;
            }

            _waiting.Enqueue(work);
            if (_isBusy)
            {
                return true;
            }

            _isBusy = true;
        }

        while (Take() is Action next)
        {
            next();
        }

        return true;
    }

    /// <summary>The same, and returns when it is done, or when another thread has had <paramref name="limit"/> for it. Not to be called by work.</summary>
    public void DoAndWait(Action work, TimeSpan? limit = null)
    {
        var isDone = new ManualResetEventSlim(); // not disposed: the other thread may be about to return from Set
        void WorkAndSet()
        {
            try
            {
                work();
            }
            finally
            {
                isDone.Set();
            }
        }

        if (Do(WorkAndSet, limit))
        {
            isDone.Wait(limit ?? Timeout.InfiniteTimeSpan);
        }
    }

    private Action? Take()
    {
        lock (_gate)
        {
            _isBusy = _waiting.TryDequeue(out Action? next);
            Monitor.Pulse(_gate);
            return next;
        }
    }
}
