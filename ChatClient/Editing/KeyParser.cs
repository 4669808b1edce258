using System.Text;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// Makes keys of the bytes a terminal sends: UTF-8 text, controls, and sequences by the grammar of ECMA-48, each read to its
/// end. What is no key is dropped whole. All may come in pieces. Knows no terminal and no clock.
/// </summary>
internal sealed class KeyParser
{
    /// <summary>What follows an ESC, if it begins a sequence, comes at once; over a slow line soon.</summary>
    public static readonly TimeSpan SoonAfterEscape = TimeSpan.FromMilliseconds(50);

    /// <summary>A sequence or a paste that nothing follows for so long is given up.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private const byte Escape = (byte)EscapeSequences.Escape;
    private const byte Delete = 0x7F;
    private const byte Bell = 0x07; // ends a string, as does ESC \

    private static readonly byte[] PasteStart = Encoding.ASCII.GetBytes(EscapeSequences.PasteStartAfterEscape);

    private readonly TypedText _text = new();
    private readonly SequenceBuffer _sequence = new();
    private readonly MouseReport _mouse = new();
    private readonly PasteBuffer _paste = new();
    private readonly List<Key> _keys = [];
    private State _state;
    private int _ofLateMark; // how many bytes of PasteStart have come after an ESC that was given up

    private enum State
    {
        Plain,
        AfterEscape, // ESC
        InSequence, // ESC [ and parameters
        AfterShift3, // ESC O: one more character
        InConsoleKey, // ESC [ [: one more character, F1 to F5 of the Linux console
        InMouse, // ESC [ M: three more characters
        InString, // ESC ] and the like: what a terminal answers
        InStringAfterEscape,
        InPaste,
        AfterLateEscape, // an ESC that nothing followed in time: the mark of a paste may follow still
    }

    /// <summary>How long to wait for more before <see cref="GiveUp"/>; null for as long as it takes.</summary>
    public TimeSpan? Patience => _state switch
    {
        State.Plain => null,
        State.AfterLateEscape when _ofLateMark == 0 => null,
        State.AfterEscape => SoonAfterEscape,
        State.AfterLateEscape when _ofLateMark == 1 => SoonAfterEscape, // a bracket that was typed
        _ => Quiet,
    };

    /// <summary>The keys that <paramref name="bytes"/> complete. Typed text comes in one key as far as it goes on.</summary>
    public IReadOnlyList<Key> Parse(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            Take(value);
        }

        TakeText(isEnd: false);
        return TakeKeys();
    }

    /// <summary>
    /// Nothing came for as long as <see cref="Patience"/> says. An ESC alone was the key of that name; a paste has ended; what
    /// looked like a string was typed, with Alt at its start. Other sequences are dropped.
    /// </summary>
    public IReadOnlyList<Key> GiveUp()
    {
        State state = _state;
        _state = State.Plain;
        switch (state)
        {
            case State.AfterEscape:
                _keys.Add(new Key(KeyKind.Escape));
                _state = State.AfterLateEscape;
                _ofLateMark = 0;
                break;
            case State.AfterLateEscape:
                _text.Add(PasteStart.AsSpan(0, _ofLateMark));
                TakeText(isEnd: false);
                break;
            case State.InPaste:
                EndPaste();
                break;
            case State.InString:
                _text.Add(_sequence.Typed); // it was no string
                TakeText(isEnd: false);
                break;
            case State.InStringAfterEscape:
                _text.Add(_sequence.Typed);
                TakeText(isEnd: true);
                _keys.Add(new Key(KeyKind.Escape));
                break;
        }

        return TakeKeys();
    }

    private void Take(byte value)
    {
        switch (_state)
        {
            case State.Plain:
                TakePlain(value);
                break;
            case State.AfterEscape:
                TakeAfterEscape(value);
                break;
            case State.AfterLateEscape:
                TakeAfterLateEscape(value);
                break;
            case State.InPaste:
                if (_paste.Add(value))
                {
                    _state = State.Plain;
                    EndPaste();
                }

                break;
            case State.InMouse when _mouse.TryAdd(value):
                _state = _mouse.IsWhole ? State.Plain : State.InMouse;
                break;
            case State.InString or State.InStringAfterEscape:
                TakeInString(value);
                break;
            case State.InSequence or State.AfterShift3 or State.InConsoleKey when value is >= (byte)' ' and < Delete:
                TakeInSequence((char)value);
                break;
            default: // no sequence goes on like this: it was cut off
                _state = State.Plain;
                Take(value);
                break;
        }
    }

    private void TakePlain(byte value)
    {
        if (value is >= (byte)' ' and not Delete)
        {
            _text.Add(value);
            return;
        }

        TakeText(isEnd: true);
        if (value == Escape)
        {
            _state = State.AfterEscape;
        }
        else
        {
            Add(KeyTable.OfControl((char)value));
        }
    }

    private void TakeAfterEscape(byte value)
    {
        _sequence.Clear();
        switch (value)
        {
            case (byte)'[':
                _state = State.InSequence;
                break;
            case (byte)'O':
                _state = State.AfterShift3;
                break;
            case (byte)']' or (byte)'P' or (byte)'_' or (byte)'^' or (byte)'X': // OSC, DCS, APC, PM, SOS
                _state = State.InString;
                break;
            case Escape:
                _keys.Add(new Key(KeyKind.Escape));
                break;
            case > Delete: // of a character that no terminal puts behind an ESC
                _state = State.Plain;
                Take(value);
                break;
            default:
                _state = State.Plain;
                Add(KeyTable.OfAlt((char)value));
                break;
        }
    }

    /// <summary>Or each line of the paste would be entered as it comes.</summary>
    private void TakeAfterLateEscape(byte value)
    {
        if (value != PasteStart[_ofLateMark])
        {
            _text.Add(PasteStart.AsSpan(0, _ofLateMark));
            _state = State.Plain;
            Take(value);
        }
        else if (++_ofLateMark == PasteStart.Length)
        {
            _state = State.InPaste;
        }
    }

    private void TakeInSequence(char value)
    {
        if (_state == State.InConsoleKey)
        {
            _state = State.Plain;
        }
        else if (value < '@')
        {
            _sequence.Add((byte)value);
        }
        else if (_state == State.AfterShift3)
        {
            _state = State.Plain;
            Add(KeyTable.OfShift3(_sequence.Parameters, value));
        }
        else
        {
            EndSequence(_sequence.Parameters, value);
        }
    }

    private void EndSequence(string parameters, char final)
    {
        _state = (parameters, final) switch
        {
            ("", '[') => State.InConsoleKey,
            ("", 'M') => State.InMouse,
            ("200", '~') => State.InPaste,
            _ => State.Plain,
        };
        _mouse.Clear();
        if (_state == State.Plain)
        {
            Add(KeyTable.OfSequence(parameters, final));
        }
    }

    private void TakeInString(byte value)
    {
        if (_state == State.InStringAfterEscape && value != '\\')
        {
            _text.Add(_sequence.Typed);
            TakeText(isEnd: true);
            _state = State.AfterEscape;
            Take(value);
        }
        else if (_state == State.InStringAfterEscape || value == Bell)
        {
            _state = State.Plain;
        }
        else if (value == Escape)
        {
            _state = State.InStringAfterEscape;
        }
        else if (value is < (byte)' ' or Delete) // no answer has such a thing in it: it was typed, behind Alt-P or the like
        {
            _text.Add(_sequence.Typed);
            _state = State.Plain;
            Take(value);
        }
        else
        {
            _sequence.Add(value);
        }
    }

    private void EndPaste() => _keys.Add(new Key(KeyKind.Paste, _paste.Take()));

    private void TakeText(bool isEnd)
    {
        if (_text.Take(isEnd) is { Length: > 0 } text)
        {
            _keys.Add(new Key(KeyKind.Text, text));
        }
    }

    private void Add(Key? key)
    {
        if (key is { } known)
        {
            _keys.Add(known);
        }
    }

    private Key[] TakeKeys()
    {
        Key[] keys = [.. _keys];
        _keys.Clear();
        return keys;
    }
}
