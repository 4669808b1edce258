namespace ThreadedChat.ChatClient.Editing;

/// <summary>Where lines and words of a text begin and end. Each index is between two graphemes.</summary>
internal static class TextSteps
{
    /// <summary>The start of the line with <paramref name="index"/>.</summary>
    public static int Home(string text, int index) => index == 0 ? 0 : text.LastIndexOf('\n', index - 1) + 1;

    /// <summary>The end of the line with <paramref name="index"/>, before its line break.</summary>
    public static int End(string text, int index) => text.IndexOf('\n', index) is >= 0 and var lineBreak ? lineBreak : text.Length;

    public static int WordLeft(string text, int index) => SkipLeft(text, SkipLeft(text, index, IsNoWord), IsWord);

    public static int WordRight(string text, int index) => SkipRight(text, SkipRight(text, index, IsNoWord), IsWord);

    /// <summary>Behind the space before the word to the left.</summary>
    public static int SpaceLeft(string text, int index) => SkipLeft(text, SkipLeft(text, index, char.IsWhiteSpace), IsNoSpace);

    /// <summary>The number of graphemes from the start of the line to <paramref name="index"/>.</summary>
    public static int Column(string text, int index)
    {
        int column = 0;
        for (int start = Home(text, index); start < index; start = Graphemes.After(text, start))
        {
            column++;
        }

        return column;
    }

    /// <summary>The index of a column in the line that begins at <paramref name="home"/>, or the end of that line.</summary>
    public static int AtColumn(string text, int home, int column)
    {
        int end = End(text, home);
        int index = home;
        for (int i = 0; i < column && index < end; i++)
        {
            index = Graphemes.After(text, index);
        }

        return index;
    }

    /// <summary>Skips all graphemes to the left that begin with such a character.</summary>
    private static int SkipLeft(string text, int index, Func<char, bool> isSkipped)
    {
        // One pass from the front: the boundaries of graphemes can only be found from there.
        int kept = 0;
        for (int start = 0; start < index;)
        {
            int end = Graphemes.After(text, start);
            kept = isSkipped(text[start]) ? kept : end;
            start = end;
        }

        return kept;
    }

    private static int SkipRight(string text, int index, Func<char, bool> isSkipped)
    {
        while (index < text.Length && isSkipped(text[index]))
        {
            index = Graphemes.After(text, index);
        }

        return index;
    }

    /// <summary>Letters and digits of any script. Surrogates count too, so that emoji are deleted like a word.</summary>
    private static bool IsWord(char value) => char.IsLetterOrDigit(value) || char.IsSurrogate(value) || value == '_';

    private static bool IsNoWord(char value) => !IsWord(value);

    private static bool IsNoSpace(char value) => !char.IsWhiteSpace(value);
}
