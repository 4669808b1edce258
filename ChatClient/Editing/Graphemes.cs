using System.Globalization;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>Steps through a text by graphemes: characters as a user sees them, each of one or more code points.</summary>
internal static class Graphemes
{
    /// <summary>The end of the grapheme that begins at <paramref name="index"/>; at the end of the text, that end.</summary>
    public static int After(string text, int index) =>
        index + StringInfo.GetNextTextElementLength(text.AsSpan(index));

    /// <summary>The start of the grapheme that ends at <paramref name="index"/> or contains it; at the start of the text, 0.</summary>
    public static int Before(string text, int index)
    {
        // The boundaries of graphemes can only be found from the start of the text.
        int start = 0;
        int end = 0;
        while (end < index)
        {
            start = end;
            end = After(text, end);
        }

        return start;
    }

    /// <summary><paramref name="index"/>, or the end of the grapheme around it.</summary>
    public static int AtOrAfter(string text, int index)
    {
        int end = 0;
        while (end < index)
        {
            end = After(text, end);
        }

        return end;
    }
}
