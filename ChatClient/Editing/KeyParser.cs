using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// Makes keys of the characters a terminal sends: plain ones, controls, and the escape sequences of xterm and its many
/// relatives. A sequence may come in pieces. Knows no terminal and no clock.
/// </summary>
internal sealed class KeyParser
{
    /// <summary>About the most characters kept of one paste. The rest is dropped: whoever takes it sees that it is too long.</summary>
    public const int LongestPaste = 128 * 1024;

    // No sequence that means anything here is longer. What is, is skipped to its end.
    private const int LongestParameters = 16;

    private const char Escape = '\e';
    private const char Delete = '\x7F';
    private const char StringEnd = '\a'; // or ESC \

    // CSI 200 ~ and CSI 201 ~ stand around a paste.
    private const string PasteBegins = "200";
    private static readonly string PasteEnd = $"{Escape}[201~";

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _parameters = new();
    private readonly StringBuilder _paste = new();
    private State _state;

    private enum State
    {
        Plain,
        AfterEscape, // ESC
        InSequence, // ESC [ and parameters
        AfterShift3, // ESC O: one more character
        InConsoleKey, // ESC [ [: one more character, F1 to F5 of the Linux console
        InString, // ESC ] and the like: what a terminal answers, to its end
        InStringAfterEscape,
        InPaste,
    }

    /// <summary>
    /// True after an ESC that may be the key of that name or begin a sequence: only time can tell. If nothing follows
    /// soon, <see cref="GiveUp"/>.
    /// </summary>
    public bool IsUndecided => _state is not (State.Plain or State.InPaste);

    /// <summary>The keys that <paramref name="characters"/> complete. Typed text comes in one key as far as it goes on.</summary>
    public IReadOnlyList<Key> Parse(ReadOnlySpan<char> characters)
    {
        var keys = new List<Key>();
        foreach (char character in characters)
        {
            Take(character, keys);
        }

        TakeText(keys);
        return keys;
    }

    /// <summary>Nothing followed the ESC: it was the key. A sequence that stopped half way is dropped.</summary>
    public IReadOnlyList<Key> GiveUp()
    {
        bool wasKey = _state == State.AfterEscape;
        _state = State.Plain;
        return wasKey ? [new Key(KeyKind.Escape)] : [];
    }

    private void Take(char character, List<Key> keys)
    {
        switch (_state)
        {
            case State.Plain when character is Escape:
                TakeText(keys);
                _state = State.AfterEscape;
                break;
            case State.Plain when char.IsControl(character):
                TakeText(keys);
                Add(OfControl(character), keys);
                break;
            case State.Plain:
                _text.Append(character);
                break;

            case State.AfterEscape when character is '[':
                _parameters.Clear();
                _state = State.InSequence;
                break;
            case State.AfterEscape when character is 'O':
                _state = State.AfterShift3;
                break;
            case State.AfterEscape when character is ']' or 'P' or '_' or '^' or 'X': // OSC, DCS, APC, PM, SOS
                _state = State.InString;
                break;
            case State.AfterEscape when character is Escape:
                Add(KeyKind.Escape, keys);
                break;
            case State.AfterEscape:
                _state = State.Plain;
                Add(OfAlt(character), keys);
                break;

            case State.AfterShift3:
                _state = State.Plain;
                Add(OfLetter(character, isWord: false), keys);
                break;

            case State.InSequence when character is '[' && _parameters.Length == 0:
                _state = State.InConsoleKey;
                break;
            case State.InConsoleKey:
                _state = State.Plain;
                break;

            case State.InString when character is Escape:
                _state = State.InStringAfterEscape;
                break;
            case State.InString when character is StringEnd:
            case State.InStringAfterEscape when character is '\\':
                _state = State.Plain;
                break;
            case State.InString when char.IsControl(character): // the string was cut off, or was none: Alt-] and then Enter
                _state = State.Plain;
                Take(character, keys);
                break;
            case State.InString:
                break;
            case State.InStringAfterEscape: // the same
                _state = State.AfterEscape;
                Take(character, keys);
                break;

            case State.InSequence when character is >= '@' and <= '~':
                _state = State.Plain;
                EndSequence(character, keys);
                break;
            case State.InSequence when character is Escape: // the one before was cut off
                _state = State.AfterEscape;
                break;
            case State.InSequence when _parameters.Length <= LongestParameters:
                _parameters.Append(character);
                break;

            case State.InPaste:
                TakePasted(character, keys);
                break;
        }
    }

    private void TakePasted(char character, List<Key> keys)
    {
        _paste.Append(character);
        if (character == PasteEnd[^1] && EndsWith(_paste, PasteEnd))
        {
            _paste.Length -= PasteEnd.Length;
            _state = State.Plain;
            string text = _paste.ToString().ReplaceLineEndings("\n");
            _paste.Clear();
            keys.Add(new Key(KeyKind.Paste, text));
        }
        else if (_paste.Length > LongestPaste + PasteEnd.Length)
        {
            // What may be the start of the end stays.
            _paste.Remove(LongestPaste, 1);
        }
    }

    private void EndSequence(char final, List<Key> keys)
    {
        string[] parameters = _parameters.ToString().Split(';');

        // The second parameter is 1 and a bit for each of Shift (1), Alt (2), Ctrl (4).
        int modifiers = parameters.Length > 1 ? Number(parameters[1]) - 1 : 0;
        bool isWord = (modifiers & (2 | 4)) != 0;

        if (final == '~' && parameters[0] == PasteBegins)
        {
            _state = State.InPaste;
        }
        else
        {
            Add(final == '~' ? OfNumber(Number(parameters[0]), isWord) : OfLetter(final, isWord), keys);
        }
    }

    private void TakeText(List<Key> keys)
    {
        if (_text.Length > 0)
        {
            keys.Add(new Key(KeyKind.Text, _text.ToString()));
            _text.Clear();
        }
    }

    private static void Add(KeyKind? kind, List<Key> keys)
    {
        if (kind is { } known)
        {
            keys.Add(new Key(known));
        }
    }

    private static KeyKind? OfControl(char character) => character switch
    {
        '\r' or '\n' => KeyKind.Enter,
        '\t' => KeyKind.Complete,
        Delete or '\b' => KeyKind.DeleteLeft,
        _ => (char)(character + '@') switch
        {
            'A' => KeyKind.Home,
            'B' => KeyKind.Left,
            'D' => KeyKind.DeleteOrEnd,
            'E' => KeyKind.End,
            'F' => KeyKind.Right,
            'K' => KeyKind.DeleteToEnd,
            'L' => KeyKind.ClearScreen,
            'N' => KeyKind.Newer,
            'P' => KeyKind.Older,
            'U' => KeyKind.DeleteToStart,
            'W' => KeyKind.DeleteToSpace,
            'Y' => KeyKind.PutBack,
            _ => null,
        },
    };

    /// <summary>A key with Alt comes as ESC and the key.</summary>
    private static KeyKind? OfAlt(char character) => char.ToLowerInvariant(character) switch
    {
        'b' => KeyKind.WordLeft,
        'f' => KeyKind.WordRight,
        'd' => KeyKind.DeleteWordRight,
        Delete or '\b' => KeyKind.DeleteWordLeft,
        _ => null,
    };

    private static KeyKind? OfLetter(char final, bool isWord) => final switch
    {
        'A' => KeyKind.Older,
        'B' => KeyKind.Newer,
        'C' => isWord ? KeyKind.WordRight : KeyKind.Right,
        'D' => isWord ? KeyKind.WordLeft : KeyKind.Left,
        'H' => KeyKind.Home,
        'F' => KeyKind.End,
        'M' => KeyKind.Enter, // of the number block
        'Z' => KeyKind.CompleteBack,
        _ => null,
    };

    private static KeyKind? OfNumber(int number, bool isWord) => number switch
    {
        1 or 7 => KeyKind.Home,
        4 or 8 => KeyKind.End,
        3 => isWord ? KeyKind.DeleteWordRight : KeyKind.DeleteRight,
        _ => null,
    };

    private static int Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static bool EndsWith(StringBuilder text, string end) =>
        text.Length >= end.Length && text.ToString(text.Length - end.Length, end.Length) == end;
}
