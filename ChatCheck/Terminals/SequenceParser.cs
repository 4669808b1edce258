using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatCheck.Terminals;

/// <summary>
/// Splits the output of a program into text, control characters and sequences, by the grammar of ECMA-48. A sequence may
/// arrive in any number of pieces. Strings (titles, for example) are skipped.
/// </summary>
internal sealed class SequenceParser(ISequenceTarget target)
{
    private const char EscapeCharacter = '\u001b';
    private const char Bell = '\a';
    private const char Cancel = '\u0018';
    private const char Substitute = '\u001a';
    private const char Delete = '\u007f';

    /// <summary>No sequence that means anything is as long: the rest is read and dropped.</summary>
    private const int MostCharacters = 256;

    private readonly StringBuilder _parameters = new();
    private State _state = State.Text;
    private char _prefix;
    private char _intermediate;
    private char _highSurrogate;

    private enum State
    {
        Text,
        Escape,
        Sequence,
        String,
    }

    /// <summary>Takes the next output.</summary>
    public void Take(ReadOnlySpan<char> text)
    {
        foreach (char one in text)
        {
            Take(one);
        }
    }

    private void Take(char one)
    {
        if (one is Cancel or Substitute)
        {
            _state = State.Text;
        }
        else if (one == EscapeCharacter)
        {
            Begin(State.Escape); // also ends a string: the backslash that follows is an escape sequence that does nothing
        }
        else if (_state == State.String)
        {
            _state = one == Bell ? State.Text : State.String;
        }
        else if (one < ' ')
        {
            target.Control(one); // also inside a sequence
        }
        else if (_state == State.Text)
        {
            TakeText(one);
        }
        else if (one != Delete)
        {
            TakeSequence(one);
        }
    }

    private void Begin(State state)
    {
        _state = state;
        _prefix = '\0';
        _intermediate = '\0';
        _parameters.Clear();
    }

    private void TakeText(char one)
    {
        if (char.IsHighSurrogate(one))
        {
            _highSurrogate = one;
        }
        else if (char.IsLowSurrogate(one) && _highSurrogate != '\0')
        {
            target.Print(new Rune(_highSurrogate, one));
            _highSurrogate = '\0';
        }
        else if (one != Delete && !char.IsControl(one) && Rune.TryCreate(one, out Rune rune))
        {
            target.Print(rune);
        }
    }

    private void TakeSequence(char one)
    {
        if (one is >= ' ' and <= '/')
        {
            _intermediate = one;
        }
        else if (_state == State.Escape)
        {
            TakeEscape(one);
        }
        else if (one is >= '<' and <= '?')
        {
            _prefix = one;
        }
        else if (one is >= '0' and <= ';')
        {
            if (_parameters.Length < MostCharacters)
            {
                _parameters.Append(one);
            }
        }
        else
        {
            _state = State.Text;
            target.Sequence(new ControlSequence(_prefix, Values(), _intermediate, one));
        }
    }

    private void TakeEscape(char one)
    {
        if (_intermediate == '\0' && one == '[')
        {
            Begin(State.Sequence);
        }
        else if (_intermediate == '\0' && one is ']' or 'P' or 'X' or '^' or '_')
        {
            Begin(State.String);
        }
        else
        {
            _state = State.Text;
            target.Escape(_intermediate, one);
        }
    }

    /// <summary>The parameters as numbers. A colon parts the parts of one parameter, of which only colours have any.</summary>
    private int[] Values() =>
    [
        .. _parameters.ToString().Split(';').Select(value =>
            int.TryParse(value.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? Math.Min(number, short.MaxValue) : 0),
    ];
}
