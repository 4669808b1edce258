using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>Parses what follows an ESC, by the grammar of ECMA-48, to the end of the sequence.</summary>
/// <param name="keys">Gets the keys.</param>
internal sealed class KeySequenceParser(KeyCollector keys)
{
    private const byte Escape = (byte)EscapeSequences.Escape;
    private const byte Delete = 0x7F;
    private const byte Bell = 0x07; // ends a string, as does ESC \

    private readonly SequenceBuffer _sequence = new();
    private readonly MouseReport _mouse = new();
    private State _state;

    // An ESC before the ESC of the sequence: some terminals mean Alt by it, but it may be the Esc key. Known at the end of the sequence.
    private bool _isAfterEscape;

    /// <summary>The effect of a byte on the sequence.</summary>
    public enum Progress
    {
        /// <summary>The sequence continues.</summary>
        More,

        /// <summary>The byte was the last one.</summary>
        Done,

        /// <summary>The sequence has ended before the byte, which is not part of it.</summary>
        CutOff,

        /// <summary>The byte was the last one, and a paste begins.</summary>
        PasteBegins,
    }

    private enum State
    {
        AfterEscape, // ESC
        InCsi, // ESC [ and parameters
        AfterSs3, // ESC O: one more character
        InConsoleKey, // ESC [ [: one more character, F1 to F5 of the Linux console
        InMouse, // ESC [ M: three more characters
        InString, // ESC ] and similar: an answer of the terminal
        InStringAfterEscape,
    }

    /// <summary>True if so far there is only an ESC, which may be the Esc key.</summary>
    public bool IsOnlyEscape => _state == State.AfterEscape;

    /// <summary>An ESC was received.</summary>
    public void Begin() => _state = State.AfterEscape;

    public Progress Take(byte value)
    {
        switch (_state)
        {
            case State.AfterEscape:
                return TakeAfterEscape(value);
            case State.InMouse when _mouse.TryAdd(value):
                return _mouse.IsWhole ? Progress.Done : Progress.More;
            case State.InString or State.InStringAfterEscape:
                return TakeInString(value);
            case State.InCsi or State.AfterSs3 or State.InConsoleKey when value is >= (byte)' ' and < Delete:
                return TakeInSequence((char)value);
            default: // not valid in a sequence
                AddEscapeBefore();
                return Progress.CutOff;
        }
    }

    /// <summary>
    /// Nothing more follows. A single ESC was the Esc key; an unfinished string was typed, with Alt for its first character. Other
    /// sequences are discarded.
    /// </summary>
    public void GiveUp()
    {
        AddEscapeBefore();
        if (_state is State.InString or State.InStringAfterEscape)
        {
            keys.AddText(_sequence.Typed);
        }

        if (_state is State.AfterEscape or State.InStringAfterEscape)
        {
            keys.Add(new Key(KeyKind.Escape));
        }
    }

    private Progress TakeAfterEscape(byte value)
    {
        _sequence.Clear();
        _state = value switch
        {
            (byte)'[' => State.InCsi,
            (byte)'O' => State.AfterSs3,
            (byte)']' or (byte)'P' or (byte)'_' or (byte)'^' or (byte)'X' => State.InString, // OSC, DCS, APC, PM, SOS
            _ => State.AfterEscape,
        };
        if (_state is State.InCsi or State.AfterSs3)
        {
            return Progress.More;
        }

        AddEscapeBefore();
        _isAfterEscape = value == Escape;
        if (_state == State.InString || _isAfterEscape)
        {
            return Progress.More;
        }

        if (value > Delete) // part of a character that no terminal sends after an ESC
        {
            return Progress.CutOff;
        }

        keys.Add(KeyTable.OfAlt((char)value));
        return Progress.Done;
    }

    private Progress TakeInSequence(char value)
    {
        string parameters = _sequence.Parameters;
        switch (_state)
        {
            case State.InConsoleKey:
                AddEscapeBefore();
                return Progress.Done;
            case State.InCsi when value >= '@' || KeyTable.IsShiftOfRxvt(parameters, value):
                return EndCsi(parameters, value);
            case State.AfterSs3 when value >= '@':
                AddSequence(alt => KeyTable.OfSs3(parameters, value, alt));
                return Progress.Done;
            default:
                _sequence.Add((byte)value);
                return Progress.More;
        }
    }

    private Progress EndCsi(string parameters, char final)
    {
        switch (parameters, final)
        {
            case ("", '['):
                _state = State.InConsoleKey;
                return Progress.More;
            case ("", 'M'):
                _state = State.InMouse;
                _mouse.Clear();
                AddEscapeBefore();
                return Progress.More;
            case ("200", '~'):
                AddEscapeBefore();
                return Progress.PasteBegins;
            default:
                AddSequence(alt => KeyTable.OfCsi(parameters, final, alt));
                return Progress.Done;
        }
    }

    private Progress TakeInString(byte value)
    {
        if (_state == State.InStringAfterEscape && value != '\\')
        {
            keys.AddText(_sequence.Typed);
            keys.EndText(isEnd: true);
            _state = State.AfterEscape;
            return TakeAfterEscape(value);
        }

        if (_state == State.InStringAfterEscape || value == Bell)
        {
            return Progress.Done;
        }

        if (value == Escape)
        {
            _state = State.InStringAfterEscape;
            return Progress.More;
        }

        if (value is < (byte)' ' or Delete) // no answer contains a control character: this was typed after Alt-P or similar
        {
            keys.AddText(_sequence.Typed);
            return Progress.CutOff;
        }

        _sequence.Add(value);
        return Progress.More;
    }

    /// <summary>Adds the key of a sequence. An ESC before it is Alt if it changes the key, and else the Esc key.</summary>
    private void AddSequence(Func<bool, Key?> keyWithAlt)
    {
        Key? key = keyWithAlt(false);
        if (_isAfterEscape && keyWithAlt(true) is { } changed && changed != key)
        {
            _isAfterEscape = false;
            key = changed;
        }

        AddEscapeBefore();
        keys.Add(key);
    }

    private void AddEscapeBefore()
    {
        if (_isAfterEscape)
        {
            _isAfterEscape = false;
            keys.Add(new Key(KeyKind.Escape));
        }
    }
}
