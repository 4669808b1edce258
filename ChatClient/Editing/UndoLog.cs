namespace ThreadedChat.ChatClient.Editing;

/// <summary>The text before each of the last edits, and the edits that undo has removed. The oldest steps are discarded.</summary>
internal sealed class UndoLog
{
    public const int MaxSteps = 500;

    // In UTF-16 units, of all steps together: a step keeps the whole text.
    private const int MaxLength = 500_000;

    private readonly LinkedList<TextState> _undo = []; // newest last
    private readonly Stack<TextState> _redo = [];
    private int _length;

    /// <summary>Notes an edit. Nothing can be redone afterwards.</summary>
    /// <param name="before">The state before the edit.</param>
    /// <param name="joins">True if the edit belongs to the step before.</param>
    public void Note(TextState before, bool joins)
    {
        _redo.Clear();
        if (!joins || _undo.Count == 0)
        {
            Push(before);
        }
    }

    /// <summary>The state before the last step; null if there is none.</summary>
    /// <param name="now">The current state, for <see cref="Redo"/>.</param>
    public TextState? Undo(TextState now)
    {
        if (_undo.Last is not { Value: var before })
        {
            return null;
        }

        _undo.RemoveLast();
        _length -= before.Text.Length;
        _redo.Push(now);
        return before;
    }

    /// <summary>The state before the last <see cref="Undo"/>; null if there is none, or an edit followed.</summary>
    public TextState? Redo(TextState now)
    {
        if (!_redo.TryPop(out TextState after))
        {
            return null;
        }

        Push(now);
        return after;
    }

    private void Push(TextState state)
    {
        _undo.AddLast(state);
        _length += state.Text.Length;
        while (_undo.Count > MaxSteps || (_length > MaxLength && _undo.Count > 1))
        {
            _length -= _undo.First!.Value.Text.Length;
            _undo.RemoveFirst();
        }
    }
}
