namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// The text being typed and the cursor in it, which always stands between two graphemes. Knows neither keys nor a screen.
/// A text may have several lines, if it was pasted: start and end of the line are then those of the one with the cursor.
/// </summary>
internal sealed class LineEditor
{
    /// <summary>The most characters (UTF-16 units) a text may have: some fifty messages.</summary>
    public const int MaxLength = 10_000;

    private string _deleted = "";
    private bool _hasJustCut; // then the next cut joins it, to be put back together

    /// <summary>The text, with <c>\n</c> between its lines.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Where the cursor stands: 0 to the length of <see cref="Text"/>.</summary>
    public int Cursor { get; private set; }

    /// <summary>Puts <paramref name="text"/> in the place of all there is, the cursor behind it.</summary>
    public void Set(string text)
    {
        Text = text;
        MoveTo(text.Length);
    }

    /// <summary>Inserts at the cursor; false, and nothing changes, if the whole would be longer than <see cref="MaxLength"/>.</summary>
    public bool TryInsert(string text)
    {
        if (Text.Length + text.Length > MaxLength)
        {
            return false;
        }

        Replace(Cursor, Cursor, text);
        return true;
    }

    /// <summary>Puts <paramref name="text"/> in the place of what lies between the two, the cursor behind it.</summary>
    public void Replace(int start, int end, string text)
    {
        Text = string.Concat(Text.AsSpan(0, start), text, Text.AsSpan(end));
        MoveTo(Graphemes.AtOrAfter(Text, start + text.Length)); // it may have joined with what stands behind it
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

    public void DeleteToSpace()
    {
        int wordEnd = SkipLeft(Cursor, char.IsWhiteSpace);
        Cut(SkipLeft(wordEnd, IsNoSpace), Cursor);
    }

    /// <summary>To the start of the line; there, the line break before it.</summary>
    public void DeleteToStart() => Cut(Home() == Cursor ? Math.Max(0, Cursor - 1) : Home(), Cursor);

    /// <summary>To the end of the line; there, the line break.</summary>
    public void DeleteToEnd() => Cut(Cursor, End() == Cursor ? Math.Min(Text.Length, Cursor + 1) : End());

    /// <summary>Inserts what was deleted last, by more than a character: all of it, if that was done several times in a row.</summary>
    public void PutBack() => TryInsert(_deleted);

    /// <summary>Deletes what lies between the two, of which the cursor is one, and keeps it for <see cref="PutBack"/>.</summary>
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

    /// <summary>Over all graphemes to the left that begin with such a character.</summary>
    private int SkipLeft(int index, Func<char, bool> isSkipped)
    {
        // Once from the front, and not grapheme by grapheme from the back: where each of those begins can only be told from there.
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

    /// <summary>Letters and digits of any script. Half of a surrogate pair counts: emoji are deleted like a word.</summary>
    private static bool IsWord(char value) => char.IsLetterOrDigit(value) || char.IsSurrogate(value) || value == '_';

    private static bool IsNoWord(char value) => !IsWord(value);

    private static bool IsNoSpace(char value) => !char.IsWhiteSpace(value);
}
