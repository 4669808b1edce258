using System.Globalization;
using System.Text;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Display;

/// <summary>Writes one line in rows of a screen: see <see cref="RowBreaker"/>.</summary>
internal sealed class RowWriter(StringBuilder output, int columns, int indent)
{
    public const string LineBreak = "\r\n";

    private int _rowStart; // in cells: 0, then the indent
    private int _cells; // of the row so far
    private bool _isFull; // nothing more may be in this row
    private string _style = ""; // the SGR sequence in force
    private (int Position, int Cells, string Style)? _blank; // the position after the last blank of the row

    /// <summary>Writes the line, with its line break.</summary>
    /// <param name="text">The text, with SGR sequences.</param>
    public void Write(string text)
    {
        for (int i = 0; i < text.Length;)
        {
            if (char.IsControl(text[i]))
            {
                i = WriteControl(text, i);
            }
            else if (Url.EndOf(text, i, out int cells) is var end && end > i)
            {
                WriteUrl(text[i..end], cells);
                i = end;
            }
            else
            {
                int length = StringInfo.GetNextTextElementLength(text.AsSpan(i));
                WriteGrapheme(text.AsSpan(i, length));
                i += length;
            }
        }

        output.Append(LineBreak);
    }

    private int WriteControl(string text, int start)
    {
        int end = text[start] == EscapeSequences.Escape ? text.IndexOf('m', start) + 1 : start + 1;
        string control = text[start..end];
        output.Append(control);
        _style = control == EscapeSequences.ResetStyle ? "" : control[0] == EscapeSequences.Escape ? control : _style;
        return end;
    }

    private void WriteGrapheme(ReadOnlySpan<char> grapheme)
    {
        int most = CellWidth.AtMost(grapheme);
        if (_isFull || (_cells + most > columns && _cells > _rowStart))
        {
            if (!_isFull && _blank is { } at && at.Cells > columns / 2 && indent + (_cells - at.Cells) + most <= columns)
            {
                output.Insert(at.Position, Break(at.Style));
                _cells = indent + (_cells - at.Cells);
                BeginRow();
            }
            else
            {
                EndRow();
            }

            if (grapheme is " " && _cells == indent)
            {
                return; // the row break replaces the blank
            }
        }

        output.Append(grapheme);
        _cells += most;
        if (grapheme is " ")
        {
            _blank = (output.Length, _cells, _style);
        }
    }

    /// <summary>Writes an address in one row if it fits; otherwise the terminal wraps it.</summary>
    private void WriteUrl(string url, int cells)
    {
        if (_isFull || (_cells + cells > columns && indent + cells <= columns && _cells > _rowStart))
        {
            EndRow();
        }

        bool isWrapped = _cells + cells > columns;
        for (int i = 0; i < url.Length;)
        {
            if (url[i] == EscapeSequences.Escape)
            {
                i = WriteControl(url, i);
            }
            else
            {
                output.Append(url[i++]);
            }
        }

        _cells = isWrapped ? columns : _cells + cells;
        _isFull = isWrapped;
        _blank = isWrapped ? null : _blank;
    }

    private void EndRow()
    {
        output.Append(Break(_style));
        _cells = indent;
        BeginRow();
    }

    private void BeginRow()
    {
        _rowStart = indent;
        _isFull = false;
        _blank = null;
    }

    private string Break(string style) =>
        $"{(style.Length > 0 ? EscapeSequences.ResetStyle : "")}{LineBreak}{new string(' ', indent)}{style}";
}
