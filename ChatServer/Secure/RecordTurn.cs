using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Secure;

/// <summary>
/// The turn of one peer to have records decrypted that have little text: in the line of all clients that cause work for themselves alone. Only the
/// reader thread takes and ends it.
/// </summary>
/// <param name="turns">The line.</param>
/// <param name="limit">The longest wait; null for that of the other clients of the line.</param>
internal sealed class RecordTurn(WorkTurns turns, TimeSpan? limit = null) : IWorker
{
    /// <summary>Guards <see cref="_mayWork"/>. A leaf: no other lock is taken under it. A monitor, since the reader waits on it.</summary>
    private readonly object _gate = new();

    private readonly TimeSpan _limit = limit ?? SenderWait.LongestWorkWait;
    private bool _mayWork;
    private bool _isInLine;

    /// <summary>Waits for the turn. False if it does not come in time: the client goes on without it.</summary>
    public bool Take()
    {
        End();
        lock (_gate)
        {
            _mayWork = false;
        }

        _isInLine = true;
        if (turns.Join(this) || IsGranted())
        {
            return true;
        }

        End();
        return false;
    }

    /// <summary>The turn is over, if there is one.</summary>
    public void End()
    {
        if (_isInLine)
        {
            _isInLine = false;
            turns.Leave(this);
        }
    }

    /// <inheritdoc/>
    public void GrantWork()
    {
        lock (_gate)
        {
            _mayWork = true;
            Monitor.Pulse(_gate);
        }
    }

    private bool IsGranted()
    {
        lock (_gate)
        {
            return MonitorWait.Until(_gate, () => _mayWork, TimeProvider.System, _limit);
        }
    }
}
