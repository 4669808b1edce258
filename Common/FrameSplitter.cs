using System.Globalization;
using System.Text;

namespace ThreadedChat.Common;

/// <summary>
/// Cuts a text that is too long for one frame into pieces (docs/protocol.md, sections 2 and 5). A receiver cannot tell
/// spaces at the end of a frame from its padding, so a space at a cut always leads the next piece.
/// </summary>
public static class FrameSplitter
{
    /// <summary>In UTF-16 code units.</summary>
    private const int LongestRune = 2;

    /// <summary>
    /// The number of bytes of <paramref name="utf8"/> (valid UTF-8, not empty) for the next frame, which has <paramref name="room"/> bytes
    /// (at least 4, so that any character fits). At least 1; the cut is between characters. No byte is discarded.
    /// </summary>
    /// <remarks>A piece ends in spaces only if a run of spaces is longer than the room.</remarks>
    public static int NextPiece(ReadOnlySpan<byte> utf8, int room)
    {
        int cut = Utf8.CutAtMost(utf8, room);
        if (cut == utf8.Length)
        {
            return cut;
        }

        int withoutSpaces = utf8[..cut].TrimEnd((byte)' ').Length;
        return withoutSpaces > 0 ? withoutSpaces : cut;
    }

    /// <summary>
    /// The pieces of a typed line, each at most <paramref name="room"/> bytes of UTF-8 (at least 16): cut at the last space that
    /// fits, otherwise between visible characters (graphemes), otherwise between code points. The pieces joined are the line, with
    /// two exceptions. Of several blanks at a cut one remains; otherwise the next piece would begin with a gap. A later piece that
    /// would begin with <c>/</c>, and so be a control message, gets a space in front if the cut cannot be moved.
    /// </summary>
    public static IReadOnlyList<string> SplitLine(string line, int room)
    {
        var pieces = new List<string>();
        ReadOnlySpan<char> rest = line;
        int bytes = Encoding.UTF8.GetByteCount(line);
        while (true)
        {
            string lead = pieces.Count > 0 && rest[0] == ControlMessage.Mark ? " " : "";
            if (lead.Length + bytes <= room)
            {
                pieces.Add($"{lead}{rest}");
                return pieces;
            }

            int cut = NextCut(rest, room - lead.Length);
            ReadOnlySpan<char> piece = rest[..cut];
            pieces.Add($"{lead}{piece}");
            int next = LastBlankAt(rest, cut);
            bytes -= Encoding.UTF8.GetByteCount(rest[..next]);
            rest = rest[next..];
        }
    }

    /// <summary>The end of the first piece of <paramref name="line"/>, which is longer than <paramref name="room"/> bytes.</summary>
    private static int NextCut(ReadOnlySpan<char> line, int room)
    {
        int fits = 0;
        int beforeSpace = 0;
        int notBeforeSlash = 0;
        int left = room;
        while (true)
        {
            // A grapheme may be as long as the line. No more of it is looked at than shows that it does not fit.
            ReadOnlySpan<char> rest = line[fits..Math.Min(line.Length, fits + left + LongestRune)];
            ReadOnlySpan<char> grapheme = rest[..StringInfo.GetNextTextElementLength(rest)];
            left -= Encoding.UTF8.GetByteCount(grapheme);
            if (left < 0)
            {
                break;
            }

            fits += grapheme.Length;
            if (IsStripped(line[fits - 1]))
            {
                continue; // the receiver would strip the end of a piece that ends here
            }

            if (IsStripped(line[fits]))
            {
                beforeSpace = fits;
            }

            if (line[fits] != '/')
            {
                notBeforeSlash = fits;
            }
        }

        return beforeSpace > 0 ? beforeSpace
            : notBeforeSlash > 0 ? notBeforeSlash
            : fits > 0 ? fits
            : LongestFitOfCodePoints(line, room);
    }

    /// <summary>The index of the last blank in the run of blanks at <paramref name="index"/>; without a blank, <paramref name="index"/>.</summary>
    private static int LastBlankAt(ReadOnlySpan<char> line, int index)
    {
        while (index + 1 < line.Length && IsStripped(line[index]) && IsStripped(line[index + 1]))
        {
            index++;
        }

        return index;
    }

    /// <summary>True for a character that a receiver strips from the end of a frame (<see cref="Frame.Text"/>).</summary>
    private static bool IsStripped(char value) => value is ' ' or '\t' or '\n' or '\r';

    /// <summary>For a single grapheme that is longer than the room (a letter with many combining marks).</summary>
    private static int LongestFitOfCodePoints(ReadOnlySpan<char> line, int room)
    {
        int fits = 0;
        foreach (Rune rune in line.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            fits += rune.Utf16SequenceLength;
        }

        return fits;
    }
}
