using System.Text;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// Keys of newer keyboard protocols: the code point of the key and its modifiers, in CSI u (kitty) or CSI 27 ~ (xterm's
/// modifyOtherKeys). The client turns both off, but a terminal may ignore that.
/// </summary>
internal static class EncodedKey
{
    /// <summary>The first parameter of CSI … ~ for such a key.</summary>
    public const int OtherKeys = 27;

    private const int Enter = '\r';
    private const int KeypadEnter = 57414;
    private const int Escape = EscapeSequences.Escape;
    private const int Delete = '\x7F';

    // Kitty's numbers for keys without a character: a range of code points for private use.
    private const int FirstWithoutCharacter = 0xE000;
    private const int LastWithoutCharacter = 0xF8FF;

    public static Key? Of(int code, int shifted, Modifiers modifiers) => code switch
    {
        Enter or KeypadEnter => modifiers == default ? new Key(KeyKind.Enter) : modifiers.Ctrl ? null : new Key(KeyKind.NewRow),
        Escape => new Key(KeyKind.Escape),
        '\t' => new Key(modifiers.Shift ? KeyKind.CompleteBack : KeyKind.Complete),
        Delete or '\b' => new Key(modifiers.IsWord ? KeyKind.DeleteWordLeft : KeyKind.DeleteLeft),
        < ' ' => null,
        '/' when modifiers.Ctrl && !modifiers.Alt => new Key(KeyKind.Undo),
        _ when modifiers.Ctrl => modifiers.Alt ? null : OfControl(code),
        _ when modifiers.Alt => code < Delete ? KeyTable.OfAlt((char)code) : null,
        >= FirstWithoutCharacter and <= LastWithoutCharacter => null,
        _ => OfText(shifted > 0 && modifiers.Shift ? shifted : code, modifiers.Shift),
    };

    /// <summary>Ctrl-M and Ctrl-J are not Enter in these protocols.</summary>
    private static Key? OfControl(int code)
    {
        Key? key = code < Delete ? KeyTable.OfControl((char)(code & 0x1F)) : null;
        return key?.Kind == KeyKind.Enter ? null : key;
    }

    private static Key? OfText(int code, bool isShifted)
    {
        if (!Rune.IsValid(code) || Rune.IsControl(new Rune(code)))
        {
            return null;
        }

        var rune = new Rune(code);
        return new Key(KeyKind.Text, (isShifted ? Rune.ToUpperInvariant(rune) : rune).ToString());
    }
}
