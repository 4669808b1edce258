using System.Globalization;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>The bytes that other terminals send for a key, for input events of a console of Windows. A pure function.</summary>
internal static class ConsoleKeys
{
    // Of wincon.h.
    private const uint RightAlt = 0x1;
    private const uint LeftAlt = 0x2;
    private const uint Ctrl = 0x4 | 0x8; // right, left
    private const uint Shift = 0x10;

    // Virtual key codes of winuser.h.
    private const short BackspaceKey = 0x08;
    private const short TabKey = 0x09;
    private const short AltKey = 0x12;

    private static readonly Dictionary<short, (char Final, int Number)> Functions = new()
    {
        [0x21] = ('~', 5), // page up
        [0x22] = ('~', 6),
        [0x23] = ('F', 1), // end
        [0x24] = ('H', 1),
        [0x25] = ('D', 1), // left
        [0x26] = ('A', 1),
        [0x27] = ('C', 1),
        [0x28] = ('B', 1),
        [0x2D] = ('~', 2), // insert
        [0x2E] = ('~', 3),
        [0x70] = ('P', 1), // F1
        [0x71] = ('Q', 1),
        [0x72] = ('R', 1),
        [0x73] = ('S', 1),
        [0x74] = ('~', 15),
        [0x75] = ('~', 17),
        [0x76] = ('~', 18),
        [0x77] = ('~', 19),
        [0x78] = ('~', 20),
        [0x79] = ('~', 21),
        [0x7A] = ('~', 23),
        [0x7B] = ('~', 24),
    };

    /// <summary>The sequence or the character of an event, in UTF-16; empty if it means nothing to a program at a terminal.</summary>
    public static string Sequence(ConsoleEvent input)
    {
        if (input.Kind != ConsoleEvent.KeyKind)
        {
            return "";
        }

        if (input.IsDown == 0)
        {
            // A character that was typed by its number comes when Alt is released.
            return input.Key == AltKey && input.Character != 0 ? ((char)input.Character).ToString() : "";
        }

        string one = input.Character == 0 ? Function(input) : Character(input);
        return input.Repeats > 1 ? string.Concat(Enumerable.Repeat(one, input.Repeats)) : one;
    }

    private static string Character(ConsoleEvent input)
    {
        string text = ((char)input.Character).ToString();
        bool hasCtrl = (input.Modifiers & Ctrl) != 0;
        switch (input.Key)
        {
            case 0:
                return text; // of a sequence, which is complete
            case BackspaceKey:
                text = hasCtrl ? "\b" : "\x7F";
                break;
            case TabKey when (input.Modifiers & Shift) != 0:
                return "\e[Z";
        }

        // The right Alt with Ctrl is AltGr, which makes characters.
        bool hasAlt = (input.Modifiers & (LeftAlt | RightAlt)) != 0 && !((input.Modifiers & RightAlt) != 0 && hasCtrl);
        return hasAlt ? "\e" + text : text;
    }

    /// <summary>A key without a character: CSI with the modifiers of xterm.</summary>
    private static string Function(ConsoleEvent input)
    {
        if (!Functions.TryGetValue(input.Key, out (char Final, int Number) key))
        {
            return "";
        }

        int modifiers = 1
            + ((input.Modifiers & Shift) != 0 ? 1 : 0)
            + ((input.Modifiers & (LeftAlt | RightAlt)) != 0 ? 2 : 0)
            + ((input.Modifiers & Ctrl) != 0 ? 4 : 0);
        string number = key.Number.ToString(CultureInfo.InvariantCulture);
        return modifiers > 1 ? string.Create(CultureInfo.InvariantCulture, $"\e[{number};{modifiers}{key.Final}")
            : key.Final == '~' ? $"\e[{number}~"
            : key.Final is >= 'P' and <= 'S' ? $"\eO{key.Final}"
            : $"\e[{key.Final}";
    }
}
