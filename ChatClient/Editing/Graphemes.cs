using System.Globalization;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>Steps through a text by graphemes: characters as a person sees them, however many code points each is made of.</summary>
internal static class Graphemes
{
    /// <summary>Where the grapheme that begins at <paramref name="index"/> ends; at the end of the text, there.</summary>
    public static int After(string text, int index) =>
        index + StringInfo.GetNextTextElementLength(text.AsSpan(index));

    /// <summary>Where the grapheme that ends at <paramref name="index"/>, or contains it, begins; at the start, 0.</summary>
    public static int Before(string text, int index)
    {
        // Where a grapheme begins can only be told from the front.
        int start = 0;
        int end = 0;
        while (end < index)
        {
            start = end;
            end = After(text, end);
        }

        return start;
    }

    /// <summary><paramref name="index"/>, or the end of the grapheme that it lies inside of.</summary>
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
