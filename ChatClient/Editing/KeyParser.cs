using System.Text;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// Parses the bytes from a terminal into keys: UTF-8 text, control characters, and sequences by the grammar of ECMA-48, each read to
/// its end. Drops each sequence that is not a key. The bytes may arrive in pieces. Knows no terminal and no clock.
/// </summary>
internal sealed class KeyParser
{
    /// <summary>How long after an ESC the rest of a sequence may arrive.</summary>
    public static readonly TimeSpan SoonAfterEscape = TimeSpan.FromMilliseconds(50);

    /// <summary>A sequence or a paste ends after this time without input.</summary>
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
    private int _ofLateMark; // how many bytes of PasteStart have followed an ESC that was given up

    private enum State
    {
        Plain,
        AfterEscape, // ESC
        InCsi, // ESC [ and parameters
        AfterSs3, // ESC O: one more character
        InConsoleKey, // ESC [ [: one more character, F1 to F5 of the Linux console
        InMouse, // ESC [ M: three more characters
        InString, // ESC ] and similar: an answer of the terminal
        InStringAfterEscape,
        InPaste,
        AfterLateEscape, // an ESC that nothing followed in time: a paste start may still follow
    }

    /// <summary>How long to wait for more input before <see cref="GiveUp"/>; null for no limit.</summary>
    public TimeSpan? Timeout => _state switch
    {
        State.Plain => null,
        State.AfterLateEscape when _ofLateMark == 0 => null,
        State.AfterEscape => SoonAfterEscape,
        State.AfterLateEscape when _ofLateMark == 1 => SoonAfterEscape, // a bracket that was typed
        _ => Quiet,
    };

    /// <summary>The keys that <paramref name="bytes"/> complete. Adjacent text becomes one key.</summary>
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
    /// Called after <see cref="Timeout"/> without input. A single ESC was the Esc key; a paste has ended; an unfinished string was
    /// typed, with Alt for its first character. Other sequences are dropped.
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
                _text.Add(_sequence.Typed); // it was typed
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
            case State.InCsi or State.AfterSs3 or State.InConsoleKey when value is >= (byte)' ' and < Delete:
                TakeInSequence((char)value);
                break;
            default: // not valid in a sequence: the sequence was cut off
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
                _state = State.InCsi;
                break;
            case (byte)'O':
                _state = State.AfterSs3;
                break;
            case (byte)']' or (byte)'P' or (byte)'_' or (byte)'^' or (byte)'X': // OSC, DCS, APC, PM, SOS
                _state = State.InString;
                break;
            case Escape:
                _keys.Add(new Key(KeyKind.Escape));
                break;
            case > Delete: // part of a character that no terminal sends after an ESC
                _state = State.Plain;
                Take(value);
                break;
            default:
                _state = State.Plain;
                Add(KeyTable.OfAlt((char)value));
                break;
        }
    }

    /// <summary>Recognises a paste after a late ESC. Otherwise each pasted line would be sent at once.</summary>
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
        else if (_state == State.AfterSs3)
        {
            _state = State.Plain;
            Add(KeyTable.OfSs3(_sequence.Parameters, value));
        }
        else
        {
            EndCsi(_sequence.Parameters, value);
        }
    }

    private void EndCsi(string parameters, char final)
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
            Add(KeyTable.OfCsi(parameters, final));
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
        else if (value is < (byte)' ' or Delete) // no answer contains a control character: this was typed after Alt-P or similar
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
