using System.Runtime.InteropServices;
using System.Text;

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

    // No parameters that mean anything here are longer, and nobody types so much in one go.
    private const int MostKept = 4 * 1024;

    private const int MouseCharacters = 3; // of CSI M: the button, the column, the row
    private const byte Escape = 0x1B;
    private const byte Delete = 0x7F;
    private const byte Bell = 0x07; // ends a string, as does ESC \

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly List<byte> _text = [];
    private readonly List<byte> _sequence = []; // parameters and intermediates, or what is in a string
    private readonly PasteBuffer _paste = new();
    private readonly List<Key> _keys = [];
    private State _state;
    private int _mouseLeft;
    private byte _before; // the byte before, in a report of the mouse

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
    }

    /// <summary>How long to wait for more before <see cref="GiveUp"/>; null for as long as it takes.</summary>
    public TimeSpan? Patience => _state switch
    {
        State.Plain => null,
        State.AfterEscape => SoonAfterEscape,
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
                break;
            case State.InPaste:
                EndPaste();
                break;
            case State.InString:
                TypeString();
                TakeText(isEnd: false);
                break;
            case State.InStringAfterEscape:
                TypeString();
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
            case State.InPaste:
                if (_paste.Add(value))
                {
                    _state = State.Plain;
                    EndPaste();
                }

                break;
            case State.InMouse when value == 0 || (value >= ' ' && value != Delete): // 0: farther away than can be told
                TakeMouse(value);
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

    private void TakeInSequence(char value)
    {
        if (_state == State.InConsoleKey)
        {
            _state = State.Plain;
        }
        else if (value < '@')
        {
            Keep((byte)value);
        }
        else if (_state == State.AfterShift3)
        {
            _state = State.Plain;
            Add(KeyTable.OfShift3(Encoding.ASCII.GetString(_sequence.ToArray()), value));
        }
        else
        {
            EndSequence(Encoding.ASCII.GetString(_sequence.ToArray()), value);
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
        _mouseLeft = MouseCharacters;
        _before = 0;
        if (_state == State.Plain)
        {
            Add(KeyTable.OfSequence(parameters, final));
        }
    }

    private void TakeMouse(byte value)
    {
        // Where the terminal was told to (mode 1005), each is a character in UTF-8, of one byte or two.
        bool isSecondByte = IsFirstOfTwo(_before) && value is >= 0x80 and <= 0xBF;
        if (_mouseLeft == 0 && !isSecondByte)
        {
            _state = State.Plain;
            Take(value);
            return;
        }

        _before = isSecondByte ? (byte)0 : value;
        _mouseLeft -= isSecondByte ? 0 : 1;
        if (_mouseLeft == 0 && !IsFirstOfTwo(_before))
        {
            _state = State.Plain;
        }
    }

    private static bool IsFirstOfTwo(byte value) => value is >= 0xC2 and <= 0xDF;

    private void TakeInString(byte value)
    {
        if (_state == State.InStringAfterEscape && value != '\\')
        {
            TypeString();
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
            TypeString();
            _state = State.Plain;
            Take(value);
        }
        else
        {
            Keep(value);
        }
    }

    private void Keep(byte value)
    {
        // What is longer was not typed, and is no key: one too many tells.
        if (_sequence.Count <= MostKept)
        {
            _sequence.Add(value);
        }
    }

    /// <summary>It was no string.</summary>
    private void TypeString()
    {
        if (_sequence.Count <= MostKept)
        {
            _text.AddRange(_sequence);
        }
    }

    private void EndPaste() => _keys.Add(new Key(KeyKind.Paste, _paste.Take()));

    /// <param name="isEnd">True if no more text follows directly: then a character that came in part stays so.</param>
    private void TakeText(bool isEnd)
    {
        Span<byte> bytes = CollectionsMarshal.AsSpan(_text);
        var characters = new char[_decoder.GetCharCount(bytes, isEnd)];
        int count = _decoder.GetChars(bytes, characters, isEnd);
        _text.Clear();
        if (count > 0)
        {
            _keys.Add(new Key(KeyKind.Text, new string(characters, 0, count)));
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
