using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatCheck.Terminals;

/// <summary>The effect of each control and each sequence on the screen. Those that are not named here have no visible effect.</summary>
internal sealed class TerminalFunctions(TerminalPen pen, Action<string> answer) : ISequenceTarget
{
    private const string Csi = "\u001b[";

    /// <inheritdoc/>
    public void Print(Rune rune) => pen.Print(rune);

    /// <inheritdoc/>
    public void Control(char control)
    {
        pen.ForgetLast();
        switch (control)
        {
            case '\b':
                pen.MoveTo(pen.Cursor.Row, pen.Cursor.Column - 1);
                break;
            case '\t':
                pen.Tab(1);
                break;
            case '\n' or '\v' or '\f':
                pen.LineFeed();
                if (pen.ReturnsAtNewline)
                {
                    pen.Return();
                }

                break;
            case '\r':
                pen.Return();
                break;
            case '\u000e' or '\u000f':
                pen.Cursor = pen.Cursor with { Shift = control == '\u000e' ? 1 : 0 };
                break;
        }
    }

    /// <inheritdoc/>
    public void Escape(char intermediate, char final)
    {
        pen.ForgetLast();
        (bool first, bool second) = pen.Cursor.Graphics;
        switch (intermediate, final)
        {
            case ('(', _):
                pen.Cursor = pen.Cursor with { Graphics = (final == '0', second) };
                break;
            case (')', _):
                pen.Cursor = pen.Cursor with { Graphics = (first, final == '0') };
                break;
            case ('\0', '7'):
                pen.Save();
                break;
            case ('\0', '8'):
                pen.Restore();
                break;
            case ('\0', 'D'):
                pen.LineFeed();
                break;
            case ('\0', 'E'):
                pen.Return();
                pen.LineFeed();
                break;
            case ('\0', 'M'):
                pen.ReverseLineFeed();
                break;
            case ('\0', 'H'):
                pen.SetTabStop(isSet: true);
                break;
            case ('\0', 'c'):
                pen.Reset();
                break;
            case ('#', '8'):
                FillWithE();
                break;
        }
    }

    /// <inheritdoc/>
    public void Sequence(ControlSequence sequence)
    {
        if (sequence.Final != 'b')
        {
            pen.ForgetLast();
        }

        switch (sequence.Prefix, sequence.Intermediate, sequence.Final)
        {
            case ('\0', '\0', _):
                Move(sequence);
                Change(sequence);
                Answer(sequence);
                break;
            case ('?', '\0', 'J' or 'K'): // selective: nothing is protected here
                Change(sequence);
                break;
            case ('?', '\0', 'h' or 'l'):
                EmulatorModes.SetPrivate(pen, sequence.Parameters, isSet: sequence.Final == 'h');
                break;
            case ('?', '\0', 'n') when sequence.Value(0) == 6:
                answer($"{Csi}?{Place()}R");
                break;
            case ('>', '\0', 'c'):
                answer($"{Csi}>0;0;0c");
                break;
            case ('?', '$', 'p'):
                answer($"{Csi}?{Number(sequence.Value(0))};0$y"); // the terminal does not know this mode
                break;
            case ('\0', '!', 'p'):
                pen.SoftReset();
                break;
        }
    }

    private void Move(ControlSequence sequence)
    {
        (int row, int column, int count) = (pen.Cursor.Row, pen.Cursor.Column, sequence.Count());
        switch (sequence.Final)
        {
            case 'A' or 'k':
                pen.MoveRows(-count);
                break;
            case 'B' or 'e':
                pen.MoveRows(count);
                break;
            case 'C' or 'a':
                pen.MoveTo(row, column + count);
                break;
            case 'D' or 'j':
                pen.MoveTo(row, column - count);
                break;
            case 'E':
                pen.MoveRows(count);
                pen.Return();
                break;
            case 'F':
                pen.MoveRows(-count);
                pen.Return();
                break;
            case 'G' or '`':
                pen.MoveTo(row, count - 1);
                break;
            case 'H' or 'f':
                pen.MoveToCounted(count - 1, sequence.Count(1) - 1);
                break;
            case 'd':
                pen.MoveToCounted(count - 1, column);
                break;
            case 'I':
                pen.Tab(count);
                break;
            case 'Z':
                pen.Tab(-count);
                break;
            case 's':
                pen.Save();
                break;
            case 'u':
                pen.Restore();
                break;
        }
    }

    private void Change(ControlSequence sequence)
    {
        int column = pen.Cursor.Column;
        int count = sequence.Count();
        switch (sequence.Final)
        {
            case 'J':
                EraseInDisplay(sequence.Value(0));
                break;
            case 'K':
                EraseInLine(sequence.Value(0));
                break;
            case 'X':
                pen.EraseInRow(column, column + count);
                break;
            case '@':
                pen.Row.Insert(column, count, pen.Columns);
                break;
            case 'P':
                pen.Row.Remove(column, count);
                break;
            case 'L' or 'M' when pen.Cursor.Row >= pen.Buffer.Top && pen.Cursor.Row <= pen.Buffer.Bottom:
                ChangeRows(sequence.Final == 'L', count);
                break;
            case 'S':
                pen.Buffer.ScrollUp(pen.Buffer.Top, count);
                break;
            case 'T' when sequence.Parameters.Count == 1: // with five it is about the mouse
                pen.Buffer.ScrollDown(pen.Buffer.Top, count);
                break;
            case 'b':
                pen.Repeat(count);
                break;
            case 'g':
                ClearTabs(sequence.Value(0));
                break;
            case 'r':
                SetMargins(sequence);
                break;
            case 'h' or 'l':
                EmulatorModes.Set(pen, sequence.Parameters, isSet: sequence.Final == 'h');
                break;
        }
    }

    private void Answer(ControlSequence sequence)
    {
        switch (sequence.Final, sequence.Value(0))
        {
            case ('n', 5):
                answer($"{Csi}0n");
                break;
            case ('n', 6):
                answer($"{Csi}{Place()}R");
                break;
            case ('c', 0):
                answer($"{Csi}?1;2c"); // a VT100
                break;
            case ('t', 18):
                answer($"{Csi}8;{Number(pen.Buffer.Height)};{Number(pen.Columns)}t");
                break;
        }
    }

    private string Place()
    {
        int row = pen.Cursor.HasOrigin ? pen.Cursor.Row - pen.Buffer.Top : pen.Cursor.Row;
        return $"{Number(row + 1)};{Number(pen.Cursor.Column + 1)}";
    }

    private void ChangeRows(bool inserts, int count)
    {
        if (inserts)
        {
            pen.Buffer.ScrollDown(pen.Cursor.Row, count);
        }
        else
        {
            pen.Buffer.RemoveRows(pen.Cursor.Row, count);
        }

        pen.Return();
    }

    private void EraseInLine(int what) => pen.EraseInRow(
        what == 0 ? pen.Cursor.Column : 0, what == 1 ? pen.Cursor.Column + 1 : pen.Columns);

    private void EraseInDisplay(int what)
    {
        switch (what)
        {
            case 0:
                EraseInLine(0);
                pen.EraseRows(pen.Cursor.Row + 1, pen.Buffer.Height);
                break;
            case 1:
                EraseInLine(1);
                pen.EraseRows(0, pen.Cursor.Row);
                break;
            case 2:
                pen.EraseRows(0, pen.Buffer.Height);
                break;
            case 3:
                pen.Buffer.ClearHistory();
                break;
        }
    }

    private void ClearTabs(int what)
    {
        if (what == 0)
        {
            pen.SetTabStop(isSet: false);
        }
        else if (what == 3)
        {
            pen.ClearTabStops();
        }
    }

    private void SetMargins(ControlSequence sequence)
    {
        int bottom = sequence.Value(1) == 0 ? pen.Buffer.Height : Math.Min(sequence.Value(1), pen.Buffer.Height);
        if (pen.Buffer.SetMargins(sequence.Count() - 1, bottom - 1))
        {
            pen.MoveToCounted(0, 0);
        }
    }

    private void FillWithE()
    {
        pen.Cursor = new TerminalCursor();
        pen.Buffer.SetMargins(0, pen.Buffer.Height - 1);
        for (int row = 0; row < pen.Buffer.Height; row++)
        {
            for (int column = 0; column < pen.Columns; column++)
            {
                pen.Buffer[row].Put(column, "E", 1);
            }
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
