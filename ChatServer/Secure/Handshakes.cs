using ThreadedChat.ChatServer.Connections;

namespace ThreadedChat.ChatServer.Secure;

/// <summary>
/// Bounds and counts the handshakes under way. A handshake computes for a millisecond: so only a few compute at a time, in turns, and those who
/// chat still get a processor. Between its steps it waits for the peer, without a turn: if too many wait, the one that has waited
/// longest is aborted.
/// </summary>
/// <param name="atOnce">How many may compute at a time.</param>
/// <param name="mostWaiting">How many may wait for their peers.</param>
internal sealed class Handshakes(int atOnce, int mostWaiting)
{
    /// <summary>Guards <see cref="_free"/> and <see cref="_waiting"/>. A leaf: nothing is aborted while it is held. A monitor, since threads wait here for a turn.</summary>
    private readonly object _gate = new();

    /// <summary>What aborts each handshake that waits for its peer, in the order in which they began to wait.</summary>
    private readonly LinkedList<Action> _waiting = new();

    private int _free = atOnce;
    private long _completed;
    private long _failed;
    private int _running;

    /// <summary>How many have ended well.</summary>
    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>How many have ended without an agreement.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>How many have begun and not ended: they compute, or wait for a turn or for their peers.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>How many wait for their peers.</summary>
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

    /// <summary>Waits for a turn, makes a handshake in it, and counts it.</summary>
    /// <param name="agree">Makes the handshake. Null if it worked.</param>
    public TransportFault? Make(Func<TransportFault?> agree)
    {
        bool isCompleted = false;
        Interlocked.Increment(ref _running);
        Begin();
        try
        {
            TransportFault? fault = agree();
            isCompleted = fault is null;
            return fault;
        }
        finally
        {
            End();
            Interlocked.Increment(ref isCompleted ? ref _completed : ref _failed);
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>Waits for a turn to compute.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            while (_free == 0)
            {
                Monitor.Wait(_gate);
            }

            _free--;
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _free++;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Gives the turn back, waits for the peer, and waits for a turn again.</summary>
    /// <param name="wait">Waits for the peer, and returns when it has sent something or is lost.</param>
    /// <param name="cutOff">Makes <paramref name="wait"/> return at once. Called by any thread.</param>
    public void AwaitPeer(Action wait, Action cutOff)
    {
        End();
        var node = new LinkedListNode<Action>(cutOff);
        Add(node)?.Invoke();
        try
        {
            wait();
        }
        finally
        {
            Remove(node);
            Begin();
        }
    }

    private Action? Add(LinkedListNode<Action> node)
    {
        lock (_gate)
        {
            _waiting.AddLast(node);
            if (_waiting.Count <= mostWaiting)
            {
                return null;
            }

            Action longest = _waiting.First!.Value;
            _waiting.RemoveFirst();
            return longest;
        }
    }

    private void Remove(LinkedListNode<Action> node)
    {
        lock (_gate)
        {
            if (node.List is not null)
            {
                _waiting.Remove(node);
            }
        }
    }
}
