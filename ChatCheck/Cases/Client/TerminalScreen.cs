using System.Text;

namespace ThreadedChat.ChatCheck.Cases.Client;

/// <summary>
/// What a terminal shows of what a program prints: the few controls that a chat client may use to write over its prompt.
/// </summary>
internal sealed class TerminalScreen
{
    private const int TabStop = 8;

    private readonly List<StringBuilder> _lines = [new()];
    private int _column;

    /// <summary>The lines that are complete: all but the one with the cursor. Without blanks at their ends.</summary>
    public IEnumerable<string> FinishedLines => _lines.SkipLast(1).Select(Text);

    /// <summary>All lines, the one with the cursor last.</summary>
    public IEnumerable<string> Lines => _lines.Select(Text);

    /// <summary>The same screen once more.</summary>
    public TerminalScreen Copy()
    {
        var copy = new TerminalScreen { _column = _column };
        copy._lines.Clear();
        copy._lines.AddRange(_lines.Select(line => new StringBuilder(line.ToString())));
        return copy;
    }

    /// <summary>Shows what is printed next.</summary>
    public void Write(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\n':
                    _lines.Add(new StringBuilder());
                    _column = 0;
                    break;
                case '\r':
                    _column = 0;
                    break;
                case '\b':
                    _column = Math.Max(_column - 1, 0);
                    break;
                case '\t':
                    _column += TabStop - (_column % TabStop);
                    break;
                case '\u001b' when i + 1 < text.Length && text[i + 1] == '[':
                    i = Obey(text, i + 2);
                    break;
                default:
                    Put(text[i]);
                    break;
            }
        }
    }

    private static string Text(StringBuilder line) => line.ToString().TrimEnd(' ');

    /// <summary>An escape sequence with its parameters at <paramref name="start"/>; the place of its last character.</summary>
    private int Obey(string text, int start)
    {
        int end = start;
        while (end < text.Length && !char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        if (end < text.Length && text[end] == 'K')
        {
            Erase(text[start..end]);
        }

        return end;
    }

    /// <summary>Erases in the line: to its end, to the cursor (1) or all of it (2).</summary>
    private void Erase(string what)
    {
        StringBuilder line = _lines[^1];
        int length = Math.Min(_column, line.Length);
        if (what is "1" or "2")
        {
            line.Remove(0, length).Insert(0, " ", length);
        }

        if (what is not "1")
        {
            line.Length = length;
        }
    }

    private void Put(char shown)
    {
        StringBuilder line = _lines[^1];
        if (line.Length < _column)
        {
            line.Append(' ', _column - line.Length);
        }

        if (line.Length == _column)
        {
            line.Append(shown);
        }
        else
        {
            line[_column] = shown;
        }

        _column++;
    }
}
