using System.Buffers;
using System.Globalization;
using System.Text;

namespace ThreadedChat.Common;

/// <summary>
/// Shows the bytes on the wire (docs/trace.md). <see cref="TextCleaner"/> removes what must not reach a terminal; this class shows it as
/// harmless text, and discards nothing.
/// </summary>
public static class VisibleText
{
    /// <summary>The same escape, this many times in a row or more, appears once with its number.</summary>
    private const int ShortestRun = 4;

    /// <summary>
    /// Text stays as it is. <c>\n</c>, <c>\r</c>, <c>\t</c> and <c>\0</c> have these names, and <c>\\</c> and <c>\"</c> stand for the two
    /// characters that would be ambiguous. Other control bytes, and bytes that are not UTF-8, become <c>\x1B</c>. Characters that are
    /// invisible or would reorder the line (C1 controls, bidirectional controls, line separators, joiners, spaces
    /// other than U+0020) become <c>\u{202E}</c>. A run of the same escape is counted: <c>\0×185</c>.
    /// </summary>
    /// <param name="bytes">Any bytes of a peer.</param>
    /// <returns>One line without a control character, for use between quotation marks.</returns>
    public static string Show(ReadOnlySpan<byte> bytes)
    {
        var shown = new StringBuilder(bytes.Length);
        string escape = "";
        int run = 0;
        while (!bytes.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune rune, out int length);
            if (status != OperationStatus.Done)
            {
                length = 1; // the bytes of an incomplete sequence are shown one by one
            }

            string next = status == OperationStatus.Done ? EscapeOf(rune) : EscapeOf(bytes[0]);
            if (next != escape)
            {
                AppendRun(shown, escape, run);
                escape = next;
                run = 0;
            }

            if (next.Length == 0)
            {
                shown.Append(rune.ToString());
            }

            run++;
            bytes = bytes[length..];
        }

        AppendRun(shown, escape, run);
        return shown.ToString();
    }

    /// <summary>The same for a whole frame; the spaces at its end appear as <c>·</c> with their number: <c>/list·×195</c>.</summary>
    /// <param name="bytes">Any bytes of a peer.</param>
    public static string ShowPadded(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> text = bytes.TrimEnd(Frame.Padding);
        var shown = new StringBuilder(Show(text));
        AppendRun(shown, "·", bytes.Length - text.Length);
        return shown.ToString();
    }

    private static void AppendRun(StringBuilder shown, string escape, int run)
    {
        if (run < ShortestRun)
        {
            shown.Insert(shown.Length, escape, run);
        }
        else if (escape.Length > 0)
        {
            shown.Append(escape).Append('×').Append(run);
        }
    }

    /// <summary>The escape of a character; empty if the character stays as it is.</summary>
    private static string EscapeOf(Rune rune) => rune.Value switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        '\0' => @"\0",
        '\\' => @"\\",
        '"' => "\\\"",
        < 0x20 or 0x7F => EscapeOf((byte)rune.Value),
        ' ' => "",
        _ => IsSeen(rune) ? "" : $@"\u{{{rune.Value:X}}}",
    };

    private static string EscapeOf(byte value) => $@"\x{value:X2}";

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}
