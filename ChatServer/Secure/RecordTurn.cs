using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Secure;

/// <summary>
/// The turn of one peer to have records decrypted that have little text: in the line of all clients that cause work for themselves alone. Only the
/// reader thread takes and ends it.
/// </summary>
internal sealed class RecordTurn(WorkTurns turns) : IWorker
{
    /// <summary>Guards <see cref="_mayWork"/>. A leaf: no other lock is taken under it. A monitor, since the reader waits on it.</summary>
    private readonly object _gate = new();

    private bool _mayWork;
    private bool _isInLine;

    /// <summary>Waits for the turn, for as long as the other clients of the line do at most.</summary>
    public void Take()
    {
        End();
        lock (_gate)
        {
            _mayWork = false;
        }

        _isInLine = true;
        if (!turns.Join(this) && !IsGranted())
        {
            End();
        }
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
            return MonitorWait.Until(_gate, () => _mayWork, TimeProvider.System, SenderWait.LongestWorkWait);
        }
    }
}
