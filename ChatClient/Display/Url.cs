using System.Globalization;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Display;

/// <summary>Finds addresses of pages in a text, so that they can be shown in one piece.</summary>
internal static class Url
{
    private const string AfterScheme = "://";
    private const string WithoutScheme = "www.";
    private const int LongestScheme = 20;

    // By RFC 3986, without the brackets: a row of an address must not look like the start of a message.
    private const string Marks = "-._~:/?#@!$&'()*+,;=%";

    /// <summary>Where the address ends that begins at <paramref name="start"/>; <paramref name="start"/> if none begins there.</summary>
    /// <param name="text">A text, maybe with SGR sequences, which are part of the address if it continues behind them.</param>
    /// <param name="start">An index.</param>
    /// <param name="cells">The width of the address. Each of its characters has one cell on every terminal.</param>
    public static int EndOf(string text, int start, out int cells)
    {
        cells = 0;
        if ((start > 0 && char.IsLetterOrDigit(text[start - 1])) || !Begins(text.AsSpan(start)))
        {
            return start;
        }

        int end = start;
        for (int i = start; i < text.Length;)
        {
            if (text[i] == EscapeSequences.Escape)
            {
                i = text.IndexOf('m', i) + 1;
                continue;
            }

            int length = StringInfo.GetNextTextElementLength(text.AsSpan(i));
            if (!IsPart(text.AsSpan(i, length)))
            {
                break;
            }

            cells++;
            i += length;
            end = i;
        }

        return end;
    }

    private static bool Begins(ReadOnlySpan<char> text)
    {
        if (text.StartsWith(WithoutScheme, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        int length = 0;
        while (length < text.Length && length < LongestScheme && char.IsAsciiLetterOrDigit(text[length]))
        {
            length++;
        }

        return length > 1 && text[length..].StartsWith(AfterScheme);
    }

    private static bool IsPart(ReadOnlySpan<char> grapheme) =>
        grapheme.Length == 1 && char.IsAscii(grapheme[0])
            ? char.IsAsciiLetterOrDigit(grapheme[0]) || Marks.Contains(grapheme[0], StringComparison.Ordinal)
            : char.IsLetter(grapheme[0]) && CellWidth.Of(grapheme) is (1, false);
}
