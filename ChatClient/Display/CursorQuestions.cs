namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// The questions to the terminal where its cursor is, of which it answers each, in their order: soon, late, or never. Only the
/// answer to the latest counts: the screen may have had another size when it answered those before.
/// </summary>
internal sealed class CursorQuestions
{
    private int _notWaitedFor; // asked before those below
    private int _waitedFor;

    /// <summary>True while the answer to the latest question is waited for.</summary>
    public bool AreOpen => _waitedFor > 0;

    /// <summary>True if the terminal did not answer in time when it was asked last: it is not waited for again until it does.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>Notes that one more is asked.</summary>
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

    /// <summary>An answer is here. True if it is the one that counts. One that was not asked for was a key: F3.</summary>
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

    /// <summary>Nobody waits any more.</summary>
    public void GiveUp()
    {
        IsSilent |= _waitedFor > 0;
        _notWaitedFor += _waitedFor;
        _waitedFor = 0;
    }

    /// <summary>Others have read from the terminal meanwhile: the answers may have gone to them.</summary>
    public void Forget() => (_notWaitedFor, _waitedFor, IsSilent) = (0, 0, false);
}
