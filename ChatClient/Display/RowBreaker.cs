using System.Globalization;
using System.Text;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// Breaks a line into rows and indents all but the first: a row without indent always begins a line. If the terminal wrapped the
/// line, a sender could make its second row look like a message of another user.
/// </summary>
internal static class RowBreaker
{
    private const string LineBreak = "\r\n";
    private const int LeastIndent = 2;

    /// <summary>Appends the rows of <paramref name="line"/>, each with its line break, for a screen of this width.</summary>
    public static void Append(StringBuilder output, ScreenLine line, int columns)
    {
        string text = line.Text;
        if (text.Length <= columns && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            output.Append(text).Append(LineBreak);
            return;
        }

        int indent = IndentOn(columns, line.Indent);
        int rowStart = 0; // in cells: 0, then the indent
        int cells = 0;
        string style = ""; // the SGR sequence in force
        (int Position, int Cells, string Style)? blank = null; // the position after the last blank of the row

        for (int i = 0; i < text.Length;)
        {
            if (char.IsControl(text[i]))
            {
                int end = text[i] == EscapeSequences.Escape ? text.IndexOf('m', i) + 1 : i + 1;
                string control = text[i..end];
                output.Append(control);
                style = control == EscapeSequences.ResetStyle ? "" : control[0] == EscapeSequences.Escape ? control : style;
                i = end;
                continue;
            }

            int length = StringInfo.GetNextTextElementLength(text.AsSpan(i));
            ReadOnlySpan<char> grapheme = text.AsSpan(i, length);
            int most = CellWidth.AtMost(grapheme);
            i += length;

            if (cells + most > columns && cells > rowStart)
            {
                if (blank is { } at && at.Cells > columns / 2 && indent + (cells - at.Cells) + most <= columns)
                {
                    output.Insert(at.Position, Break(indent, at.Style));
                    cells = indent + (cells - at.Cells);
                }
                else
                {
                    output.Append(Break(indent, style));
                    cells = indent;
                }

                rowStart = indent;
                blank = null;
                if (grapheme is " " && cells == indent)
                {
                    continue; // the row break replaces the blank
                }
            }

            output.Append(grapheme);
            cells += most;
            if (grapheme is " ")
            {
                blank = (output.Length, cells, style);
            }
        }

        output.Append(LineBreak);
    }

    /// <summary>A wide character must fit beside the indent.</summary>
    private static int IndentOn(int columns, int wanted) =>
        columns < 4 ? 0 : Math.Clamp(wanted, Math.Min(LeastIndent, columns - 3), Math.Max(LeastIndent, columns / 3));

    private static string Break(int indent, string style) =>
        $"{(style.Length > 0 ? EscapeSequences.ResetStyle : "")}{LineBreak}{new string(' ', indent)}{style}";
}
