namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// The open requests for the cursor position. The terminal answers them in order: soon, late, or never. Only the answer to the
/// latest request counts, because the screen may have had another size at the earlier answers.
/// </summary>
internal sealed class CursorQuestions
{
    private int _notWaitedFor; // asked before those below
    private int _waitedFor;

    /// <summary>True while the client waits for the answer to the latest request.</summary>
    public bool AreOpen => _waitedFor > 0;

    /// <summary>True if the last answer did not arrive in time. Then the client does not wait again until an answer arrives.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>Notes one more request.</summary>
    public void Ask()
    {
        if (IsSilent)
        {
            _notWaitedFor++;
        }
        else
        {
            _waitedFor++;
        }
    }

    /// <summary>Notes an answer. True if it is the one that counts. An answer without a request was a key: F3.</summary>
    public bool TryTakeAnswer()
    {
        IsSilent = false;
        if (_notWaitedFor > 0)
        {
            _notWaitedFor--;
            return false;
        }

        return _waitedFor > 0 && --_waitedFor == 0;
    }

    /// <summary>The client no longer waits.</summary>
    public void GiveUp()
    {
        IsSilent |= _waitedFor > 0;
        _notWaitedFor += _waitedFor;
        _waitedFor = 0;
    }

    /// <summary>Another program has read from the terminal, and may have received the answers.</summary>
    public void Forget() => (_notWaitedFor, _waitedFor, IsSilent) = (0, 0, false);
}
