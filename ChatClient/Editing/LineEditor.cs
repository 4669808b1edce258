namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// The text that the user types, and the cursor in it, always between two graphemes. Knows no keys and no screen. The text may have
/// several lines: start and end of the line are then those of the line with the cursor.
/// </summary>
internal sealed class LineEditor
{
    /// <summary>In UTF-16 units: about fifty messages.</summary>
    public const int MaxLength = 10_000;

    private readonly KillRing _kills = new();
    private UndoLog _undo = new();
    private Edit _last;
    private (int Start, int End) _yanked; // while the last edit is a yank
    private int? _column; // that a move by rows keeps to

    /// <summary>An edit that the next one of its kind may join. A move ends it.</summary>
    private enum Edit
    {
        None,
        Insert,
        Delete,
        Kill,
        Yank,
        Complete,
    }

    public string Text { get; private set; } = "";

    /// <summary>An index: 0 to the length of <see cref="Text"/>.</summary>
    public int Cursor { get; private set; }

    /// <summary>The text and what can be undone, to be kept while another text is shown.</summary>
    public Draft Draft => new(Text, _undo);

    private TextState State => new(Text, Cursor);

    /// <summary>Shows another text, with the cursor at its end. This is not an edit: undo takes back only edits of this text.</summary>
    public void Show(Draft draft)
    {
        (Text, _undo) = draft;
        MoveTo(Text.Length);
    }

    /// <summary>Inserts at the cursor. False, without a change, if the text would become longer than <see cref="MaxLength"/>.</summary>
    /// <param name="text">The text to insert.</param>
    /// <param name="isTyped">True if undo removes it together with the text typed directly before it, up to a word.</param>
    public bool TryInsert(string text, bool isTyped = true)
    {
        if (Text.Length + text.Length > MaxLength)
        {
            return false;
        }

        // Over a slow connection several keys arrive together. Only at the end of the text: elsewhere a part may combine with what follows.
        int start = 0;
        if (isTyped && Cursor == Text.Length)
        {
            for (int i = 1; i < text.Length; i++)
            {
                if (IsWordStart(text[i - 1], text[i]))
                {
                    Insert(text[start..i], isTyped);
                    start = i;
                }
            }
        }

        Insert(text[start..], isTyped);
        return true;
    }

    /// <summary>Replaces the text between two indexes by a completion, and puts the cursor behind it.</summary>
    public void Complete(int start, int end, string text) => Replace(start, end, text, Edit.Complete);

    /// <summary>Deletes the whole text. Undo brings it back.</summary>
    public void Clear() => Replace(0, Text.Length, "", Edit.None, canJoin: false);

    public void Undo() => Restore(_undo.Undo(State));

    public void Redo() => Restore(_undo.Redo(State));

    public void MoveLeft() => MoveTo(Graphemes.Before(Text, Cursor));

    public void MoveRight() => MoveTo(Graphemes.After(Text, Cursor));

    public void MoveWordLeft() => MoveTo(TextSteps.WordLeft(Text, Cursor));

    public void MoveWordRight() => MoveTo(TextSteps.WordRight(Text, Cursor));

    public void MoveHome() => MoveTo(Home());

    public void MoveEnd() => MoveTo(End());

    /// <summary>Moves to the same column of the line above. False in the first line.</summary>
    public bool TryMoveUp()
    {
        int home = Home();
        return home > 0 && MoveToRow(TextSteps.Home(Text, home - 1));
    }

    /// <summary>Moves to the same column of the line below. False in the last line.</summary>
    public bool TryMoveDown()
    {
        int end = End();
        return end < Text.Length && MoveToRow(end + 1);
    }

    public void DeleteLeft() => Replace(Graphemes.Before(Text, Cursor), Cursor, "", Edit.Delete);

    public void DeleteRight() => Replace(Cursor, Graphemes.After(Text, Cursor), "", Edit.Delete);

    public void DeleteWordLeft() => Kill(TextSteps.WordLeft(Text, Cursor), Cursor);

    public void DeleteWordRight() => Kill(Cursor, TextSteps.WordRight(Text, Cursor));

    public void UnixWordRubout() => Kill(TextSteps.SpaceLeft(Text, Cursor), Cursor);

    /// <summary>Kills to the start of the line; at the start, the line break before it.</summary>
    public void UnixLineDiscard() => Kill(Home() == Cursor ? Math.Max(0, Cursor - 1) : Home(), Cursor);

    /// <summary>Kills to the end of the line; at the end, the line break.</summary>
    public void KillLine() => Kill(Cursor, End() == Cursor ? Math.Min(Text.Length, Cursor + 1) : End());

    /// <summary>Inserts the text that was killed last; several kills in a row count as one.</summary>
    public void Yank() => InsertKilled(Cursor, Cursor, canJoin: false);

    /// <summary>After a yank: replaces the yanked text by the one killed before it.</summary>
    public void YankPop()
    {
        if (_last == Edit.Yank)
        {
            _kills.Rotate();
            InsertKilled(_yanked.Start, _yanked.End, canJoin: true);
        }
    }

    private void InsertKilled(int start, int end, bool canJoin)
    {
        if (_kills.Current is { } killed && Text.Length - (end - start) + killed.Length <= MaxLength)
        {
            Replace(start, end, killed, Edit.Yank, canJoin);
            _yanked = (start, start + killed.Length);
        }
    }

    /// <summary>Deletes the text between two indexes, one of them the cursor, and keeps it for <see cref="Yank"/>.</summary>
    private void Kill(int start, int end)
    {
        if (start == end)
        {
            return;
        }

        if (_last == Edit.Kill)
        {
            _kills.Join(Text[start..end], isBefore: end == Cursor);
        }
        else
        {
            _kills.Add(Text[start..end]);
        }

        Replace(start, end, "", Edit.Kill, canJoin: false);
    }

    private void Insert(string text, bool isTyped)
    {
        bool isNewWord = text.Length > 0 && Cursor > 0 && IsWordStart(Text[Cursor - 1], text[0]);
        Replace(Cursor, Cursor, text, isTyped ? Edit.Insert : Edit.None, canJoin: isTyped && !isNewWord);
    }

    private static bool IsWordStart(char before, char first) => char.IsWhiteSpace(before) && !char.IsWhiteSpace(first);

    /// <summary>Replaces the text between two indexes and puts the cursor behind it.</summary>
    /// <param name="start">The first index.</param>
    /// <param name="end">The last index.</param>
    /// <param name="text">The new text.</param>
    /// <param name="edit">The kind of edit.</param>
    /// <param name="canJoin">True if undo takes it back together with an edit of the same kind directly before it.</param>
    private void Replace(int start, int end, string text, Edit edit, bool canJoin = true)
    {
        if (start < end || text.Length > 0)
        {
            _undo.Note(State, joins: canJoin && edit == _last);
            Text = string.Concat(Text.AsSpan(0, start), text, Text.AsSpan(end));
        }

        MoveTo(Graphemes.AtOrAfter(Text, start + text.Length)); // the inserted text may combine with the character behind it
        _last = edit;
    }

    private void Restore(TextState? state)
    {
        if (state is { } restored)
        {
            Text = restored.Text;
            MoveTo(restored.Cursor);
        }
    }

    private bool MoveToRow(int home)
    {
        int column = _column ?? TextSteps.Column(Text, Cursor);
        MoveTo(TextSteps.AtColumn(Text, home, column));
        _column = column;
        return true;
    }

    private void MoveTo(int cursor)
    {
        Cursor = cursor;
        _last = Edit.None;
        _column = null;
    }

    private int Home() => TextSteps.Home(Text, Cursor);

    private int End() => TextSteps.End(Text, Cursor);
}
