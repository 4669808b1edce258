namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// The text that the user types, and the cursor in it, always between two graphemes. Knows no keys and no screen. A pasted text may
/// have several lines: start and end of the line are then those of the line with the cursor.
/// </summary>
internal sealed class LineEditor
{
    /// <summary>In UTF-16 units: about fifty messages.</summary>
    public const int MaxLength = 10_000;

    private string _deleted = "";
    private bool _hasJustCut; // then the next cut is joined to this one

    public string Text { get; private set; } = "";

    /// <summary>An index: 0 to the length of <see cref="Text"/>.</summary>
    public int Cursor { get; private set; }

    /// <summary>Replaces the whole text and puts the cursor at its end.</summary>
    public void Set(string text)
    {
        Text = text;
        MoveTo(text.Length);
    }

    /// <summary>Inserts at the cursor. False, without a change, if the text would become longer than <see cref="MaxLength"/>.</summary>
    public bool TryInsert(string text)
    {
        if (Text.Length + text.Length > MaxLength)
        {
            return false;
        }

        Replace(Cursor, Cursor, text);
        return true;
    }

    /// <summary>Replaces the text between two indexes and puts the cursor behind it.</summary>
    public void Replace(int start, int end, string text)
    {
        Text = string.Concat(Text.AsSpan(0, start), text, Text.AsSpan(end));
        MoveTo(Graphemes.AtOrAfter(Text, start + text.Length)); // the inserted text may combine with the character behind it
    }

    public void MoveLeft() => MoveTo(Graphemes.Before(Text, Cursor));

    public void MoveRight() => MoveTo(Graphemes.After(Text, Cursor));

    public void MoveWordLeft() => MoveTo(WordLeft());

    public void MoveWordRight() => MoveTo(WordRight());

    public void MoveHome() => MoveTo(Home());

    public void MoveEnd() => MoveTo(End());

    public void DeleteLeft() => Replace(Graphemes.Before(Text, Cursor), Cursor, "");

    public void DeleteRight() => Replace(Cursor, Graphemes.After(Text, Cursor), "");

    public void DeleteWordLeft() => Cut(WordLeft(), Cursor);

    public void DeleteWordRight() => Cut(Cursor, WordRight());

    public void UnixWordRubout()
    {
        int wordEnd = SkipLeft(Cursor, char.IsWhiteSpace);
        Cut(SkipLeft(wordEnd, IsNoSpace), Cursor);
    }

    /// <summary>Deletes to the start of the line; at the start, the line break before it.</summary>
    public void UnixLineDiscard() => Cut(Home() == Cursor ? Math.Max(0, Cursor - 1) : Home(), Cursor);

    /// <summary>Deletes to the end of the line; at the end, the line break.</summary>
    public void KillLine() => Cut(Cursor, End() == Cursor ? Math.Min(Text.Length, Cursor + 1) : End());

    /// <summary>Inserts the text that was killed last; several kills in a row count as one.</summary>
    public void Yank() => TryInsert(_deleted);

    /// <summary>Deletes the text between two indexes, one of them the cursor, and keeps it for <see cref="Yank"/>.</summary>
    private void Cut(int start, int end)
    {
        if (start < end)
        {
            string cut = Text[start..end];
            _deleted = !_hasJustCut ? cut : start == Cursor ? _deleted + cut : cut + _deleted;
            Replace(start, end, "");
            _hasJustCut = true;
        }
    }

    private void MoveTo(int cursor)
    {
        Cursor = cursor;
        _hasJustCut = false;
    }

    private int Home() => Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1;

    private int End() => Text.IndexOf('\n', Cursor) is >= 0 and var lineBreak ? lineBreak : Text.Length;

    private int WordLeft() => SkipLeft(SkipLeft(Cursor, IsNoWord), IsWord);

    private int WordRight() => SkipRight(SkipRight(Cursor, IsNoWord), IsWord);

    /// <summary>Skips all graphemes to the left that begin with such a character.</summary>
    private int SkipLeft(int index, Func<char, bool> isSkipped)
    {
        // One pass from the front: the boundaries of graphemes can only be found from there.
        int kept = 0;
        for (int start = 0; start < index;)
        {
            int end = Graphemes.After(Text, start);
            kept = isSkipped(Text[start]) ? kept : end;
            start = end;
        }

        return kept;
    }

    private int SkipRight(int index, Func<char, bool> isSkipped)
    {
        while (index < Text.Length && isSkipped(Text[index]))
        {
            index = Graphemes.After(Text, index);
        }

        return index;
    }

    /// <summary>Letters and digits of any script. Surrogates count too, so that emoji are deleted like a word.</summary>
    private static bool IsWord(char value) => char.IsLetterOrDigit(value) || char.IsSurrogate(value) || value == '_';

    private static bool IsNoWord(char value) => !IsWord(value);

    private static bool IsNoSpace(char value) => !char.IsWhiteSpace(value);
}
