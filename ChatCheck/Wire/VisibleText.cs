using System.Buffers;
using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>Makes bytes visible: padding, control characters, and what is not text at all.</summary>
internal static class VisibleText
{
    private const char Pad = '·';

    /// <summary>So many of one kind in a row are still written out; more of them as <c>×N</c>.</summary>
    private const int FewEnough = 3;

    /// <summary>
    /// <paramref name="bytes"/> as text: what can be read as it is, spaces at the end as <c>·</c> (<c>·×180</c>), the usual
    /// controls by their escapes, other controls and what is not UTF-8 as <c>\xNN</c>. One line, safe for any terminal.
    /// </summary>
    public static string Show(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> text = bytes[..(bytes.LastIndexOfAnyExcept((byte)' ') + 1)];
        int padding = bytes.Length - text.Length;
        var shown = new StringBuilder();

        while (!text.IsEmpty)
        {
            int zeros = text.IndexOfAnyExcept((byte)0);
            zeros = zeros < 0 ? text.Length : zeros;
            if (zeros > 0)
            {
                AppendRun(shown, @"\0", zeros);
                text = text[zeros..];
                continue;
            }

            OperationStatus status = Rune.DecodeFromUtf8(text, out Rune rune, out int length);
            AppendRune(shown, status, rune, text[..length]);
            text = text[length..];
        }

        AppendRun(shown, Pad.ToString(), padding);
        return shown.ToString();
    }

    private static void AppendRune(StringBuilder shown, OperationStatus status, Rune rune, ReadOnlySpan<byte> bytes)
    {
        string? escape = rune.Value switch
        {
            '\n' => @"\n",
            '\r' => @"\r",
            '\t' => @"\t",
            _ => null,
        };
        if (escape is not null)
        {
            shown.Append(escape);
        }
        else if (status == OperationStatus.Done && !IsHidden(rune))
        {
            shown.Append(rune.ToString());
        }
        else
        {
            foreach (byte value in bytes)
            {
                shown.Append(CultureInfo.InvariantCulture, $@"\x{value:X2}");
            }
        }
    }

    /// <summary>Controls, and what changes the direction or the line of the text around it.</summary>
    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static void AppendRun(StringBuilder shown, string one, int count)
    {
        if (count > FewEnough)
        {
            shown.Append(CultureInfo.InvariantCulture, $"{one}×{count}");
        }
        else
        {
            shown.Insert(shown.Length, one, count);
        }
    }
}
