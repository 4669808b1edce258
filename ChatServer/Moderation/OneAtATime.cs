namespace ThreadedChat.ChatServer.Moderation;

/// <summary>
/// Does work in the order in which it comes, one piece at a time, on the threads that bring it and without a lock while it is done: so no
/// disk is waited for under a lock. A thread that comes while another works leaves its piece to that one.
/// </summary>
internal sealed class OneAtATime
{
    /// <summary>Guards <see cref="_waiting"/> and <see cref="_isBusy"/>. A leaf: no work is done while it is held.</summary>
    private readonly Lock _gate = new();

    private readonly Queue<Action> _waiting = [];
    private bool _isBusy;

    /// <summary>Has <paramref name="work"/> done, which must not throw: now, or soon by the thread that is at work.</summary>
    public void Do(Action work)
    {
        lock (_gate)
        {
            _waiting.Enqueue(work);
            if (_isBusy)
            {
                return;
            }

            _isBusy = true;
        }

        while (Take() is Action next)
        {
            next();
        }
    }

    /// <summary>The same, and returns when it is done. Not to be called by work.</summary>
    public void DoAndWait(Action work)
    {
        var isDone = new ManualResetEventSlim(); // not disposed: the other thread may be about to return from Set
        Do(() =>
        {
            try
            {
                work();
            }
            finally
            {
                isDone.Set();
            }
        });
        isDone.Wait();
    }

    private Action? Take()
    {
        lock (_gate)
        {
            _isBusy = _waiting.TryDequeue(out Action? next);
            return next;
        }
    }
}
