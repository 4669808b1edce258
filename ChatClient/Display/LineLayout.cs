using System.Globalization;
using System.Text;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// The rows of a prompt and a text on a screen of a given width, and the cell of the cursor. The rows are those that a terminal makes
/// when it wraps, so that the terminal treats them as one line when the user resizes the window or copies the text.
/// </summary>
internal sealed class LineLayout
{
    private readonly List<Row> _rows = [];
    private readonly List<int> _starts = [0]; // the index in prompt and text at which each row begins
    private readonly int _columns;
    private readonly HashSet<int> _breaks = []; // the starts of rows that the terminal does not join to the row before

    /// <summary>Lays out <paramref name="line"/> on rows of <paramref name="columns"/> cells (at least 2).</summary>
    public LineLayout(LineView line, int columns)
        : this(line, columns, [])
    {
    }

    /// <param name="line">The line to lay out.</param>
    /// <param name="columns">Cells of a row.</param>
    /// <param name="breaksBefore">The places of existing line breaks.</param>
    private LineLayout(LineView line, int columns, HashSet<int> breaksBefore)
    {
        Line = line;
        _columns = columns;
        string all = line.Prompt + line.Text;
        int cursor = line.Prompt.Length + line.Cursor;

        var row = new RowWriter(columns);
        int index = 0;
        while (index < all.Length)
        {
            // The first character of the text stays separate even if it could combine with the prompt: the cursor can be between them.
            int end = index < line.Prompt.Length ? line.Prompt.Length : all.Length;
            int length = StringInfo.GetNextTextElementLength(all.AsSpan(index, end - index));
            ReadOnlySpan<char> grapheme = all.AsSpan(index, length);
            bool isLineBreak = grapheme is "\n";
            (int cells, bool isUncertain) = isLineBreak ? (0, false) : CellWidth.Of(grapheme);

            if (row.Cells + cells > columns || breaksBefore.Contains(index))
            {
                bool isBroken = isUncertain || row.EndsUncertain;
                EndRow(row, isBroken, index);
                if (isBroken)
                {
                    _breaks.Add(index);
                }
            }

            if (index == cursor)
            {
                Cursor = (_rows.Count, Math.Min(row.Cells, columns - 1));
            }

            if (isLineBreak)
            {
                EndRow(row, isBroken: true, index + length);
            }
            else
            {
                row.Append(grapheme, cells, isUncertain);
            }

            index += length;
        }

        // After a full row the cursor is in the next one. A terminal moves there only when something is written.
        if (row.Cells == columns || breaksBefore.Contains(all.Length))
        {
            bool isBroken = row.EndsUncertain;
            EndRow(row, isBroken, all.Length);
            if (isBroken)
            {
                _breaks.Add(all.Length);
            }

            row.Text.Append(isBroken ? "" : " \r");
        }

        if (cursor == all.Length)
        {
            Cursor = (_rows.Count, row.Cells);
        }

        EndRow(row, isBroken: false, all.Length);
    }

    public LineView Line { get; }

    /// <summary>At least 1.</summary>
    public int RowCount => _rows.Count;

    /// <summary>The cell of the cursor, both from 0.</summary>
    public (int Row, int Column) Cursor { get; private set; }

    /// <summary>True also if the cursor belongs behind a full row: the terminal has no cell for it there.</summary>
    public bool IsCursorInLastCell => Cursor.Column == _columns - 1;

    /// <summary>
    /// The layout after the terminal has rewrapped its rows to <paramref name="columns"/> cells, which keeps the breaks between them.
    /// Not for drawing.
    /// </summary>
    public LineLayout Rewrapped(int columns) => new(Line, columns, _breaks);

    /// <summary>The rows from <paramref name="first"/> to <paramref name="last"/> alone, among them that of the cursor.</summary>
    public LineLayout Part(int first, int last)
    {
        int start = _starts[first];
        int end = _starts[last + 1];
        int prompt = Line.Prompt.Length;
        int cursor = prompt + Line.Cursor;
        string all = Line.Prompt + Line.Text;
        return first > 0
            ? new LineLayout(new LineView("", all[start..end], cursor - start), _columns)
            : new LineLayout(Line with { Text = all[Math.Min(prompt, end)..end] }, _columns);
    }

    /// <summary>Appends the rows from <paramref name="first"/> to <paramref name="last"/>. The cursor must be at the start of an empty row.</summary>
    public void Render(StringBuilder output, int first, int last)
    {
        for (int i = first; i <= last; i++)
        {
            output.Append(_rows[i].Text);
            if (_rows[i].IsBroken && i < last)
            {
                output.Append("\r\n");
            }
        }
    }

    private void EndRow(RowWriter row, bool isBroken, int next)
    {
        _starts.Add(next);
        _rows.Add(new Row(row.Text.ToString(), isBroken));
        row.Clear();
    }

    /// <param name="Text">The text to write for it.</param>
    /// <param name="IsBroken">True if the next row needs a line break: the terminal would not wrap here by itself.</param>
    private readonly record struct Row(string Text, bool IsBroken);

    /// <summary>The row that is being built.</summary>
    private sealed class RowWriter(int columns)
    {
        public StringBuilder Text { get; } = new();

        public int Cells { get; private set; }

        public bool EndsUncertain { get; private set; }

        /// <summary>
        /// After a grapheme of uncertain width, moves the cursor to the expected column and clears what the terminal may have drawn
        /// beyond it. So a terminal with another width draws only this grapheme wrongly.
        /// </summary>
        public void Append(ReadOnlySpan<char> grapheme, int cells, bool isUncertain)
        {
            Cells += cells;
            EndsUncertain = isUncertain;
            if (!isUncertain)
            {
                Text.Append(grapheme);
                return;
            }

            Text.Append(EscapeSequences.WrapOff).Append(grapheme).Append(EscapeSequences.WrapOn);
            Text.Append(EscapeSequences.ToColumn(Math.Min(Cells, columns - 1)));
            Text.Append(Cells < columns ? EscapeSequences.ClearToEndOfRow : "");
        }

        public void Clear()
        {
            Text.Clear();
            Cells = 0;
            EndsUncertain = false;
        }
    }
}
