namespace ThreadedChat.ChatClient.Editing;

/// <summary>The key for a control character, a character with Alt, or a sequence; null if the client does not use it.</summary>
internal static class KeyTable
{
    private const char Delete = '\x7F';
    private const char ShiftOfRxvt = '$';

    public static Key? OfControl(char character) => character switch
    {
        '\r' or '\n' => new Key(KeyKind.Enter),
        '\t' => new Key(KeyKind.Complete),
        Delete or '\b' => new Key(KeyKind.DeleteLeft),
        _ => Of((char)(character + '@') switch
        {
            'A' => KeyKind.Home,
            'B' => KeyKind.Left,
            'D' => KeyKind.DeleteOrEnd,
            'E' => KeyKind.End,
            'F' => KeyKind.Right,
            'G' => KeyKind.Abort,
            'K' => KeyKind.KillLine,
            'L' => KeyKind.ClearScreen,
            'N' => KeyKind.NextHistory,
            'O' => KeyKind.NewRow, // some terminals use Alt-Enter themselves
            'P' => KeyKind.PreviousHistory,
            'R' => KeyKind.SearchBack,
            'S' => KeyKind.SearchForward,
            'U' => KeyKind.UnixLineDiscard,
            'W' => KeyKind.UnixWordRubout,
            'Y' => KeyKind.Yank,
            '_' => KeyKind.Undo, // also what most terminals send for Ctrl-/
            _ => null,
        }),
    };

    /// <summary>A terminal sends Alt as ESC before the key.</summary>
    public static Key? OfAlt(char character) => Of(char.ToLowerInvariant(character) switch
    {
        'b' => KeyKind.WordLeft,
        'f' => KeyKind.WordRight,
        'd' => KeyKind.DeleteWordRight,
        'y' => KeyKind.YankPop,
        '/' => KeyKind.Redo,
        '\r' or '\n' => KeyKind.NewRow,
        Delete or '\b' => KeyKind.DeleteWordLeft,
        _ => null,
    });

    /// <summary>SS3, in some terminals a number for the modifiers, and <paramref name="final"/>.</summary>
    /// <param name="parameters">The characters between SS3 and <paramref name="final"/>.</param>
    /// <param name="final">The last character.</param>
    /// <param name="alt">True if an ESC before the sequence stands for Alt.</param>
    public static Key? OfSs3(string parameters, char final, bool alt = false)
    {
        Modifiers modifiers = OfLetterKey(parameters, alt);
        return final switch
        {
            'M' => new Key(KeyKind.Enter), // of the keypad, like the next two
            >= 'j' and <= 'y' => new Key(KeyKind.Text, ((char)(final - 'j' + '*')).ToString()),
            'X' => new Key(KeyKind.Text, "="),
            >= 'a' and <= 'd' => OfLetter(char.ToUpperInvariant(final), modifiers with { Ctrl = true }), // rxvt
            _ => OfLetter(final, modifiers),
        };
    }

    /// <summary>CSI, <paramref name="parameters"/> and intermediates, and <paramref name="final"/>.</summary>
    /// <param name="parameters">The characters between CSI and <paramref name="final"/>.</param>
    /// <param name="final">The last character.</param>
    /// <param name="alt">True if an ESC before the sequence stands for Alt.</param>
    public static Key? OfCsi(string parameters, char final, bool alt = false)
    {
        if (parameters.AsSpan().ContainsAnyInRange(' ', '/'))
        {
            return null; // intermediates: an answer of the terminal
        }

        if (final == 'R')
        {
            return OfCursorPosition(parameters);
        }

        if (parameters.Length == 0 && final is ('I' or 'O'))
        {
            return new Key(final == 'I' ? KeyKind.FocusGained : KeyKind.FocusLost);
        }

        if (parameters is [>= '<' and <= '?', ..])
        {
            return null; // private: the mouse, an answer of the terminal
        }

        var fields = new Parameters(parameters);
        Modifiers modifiers = Modifiers.Of(fields.Number(1)).Or(alt);
        return fields.IsRelease ? null
            : final switch
            {
                'u' => EncodedKey.Of(fields.Number(0), fields.Shifted, modifiers),
                '~' when fields.Number(0) == EncodedKey.OtherKeys => EncodedKey.Of(fields.Number(2), 0, modifiers),
                '~' => OfNumber(fields.Number(0), modifiers),
                // rxvt: Ctrl, Shift, both; and Shift with an arrow.
                '^' or '@' => OfNumber(fields.Number(0), modifiers with { Ctrl = true }),
                ShiftOfRxvt => OfNumber(fields.Number(0), modifiers with { Shift = true }),
                >= 'a' and <= 'd' when parameters.Length == 0 => OfLetter(char.ToUpperInvariant(final), modifiers),
                _ => OfLetter(final, OfLetterKey(parameters, alt)),
            };
    }

    /// <summary>True for CSI, a number and <c>$</c>: a key of rxvt with Shift, though ECMA-48 expects one more character.</summary>
    public static bool IsShiftOfRxvt(string parameters, char character) =>
        character == ShiftOfRxvt && parameters.Length > 0 && !parameters.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>In the top row the answer equals Shift-F3 of some terminals, a key that the client does not use.</summary>
    private static Key? OfCursorPosition(string parameters)
    {
        var fields = new Parameters(parameters.TrimStart('?'));
        return fields.Number(0) > 0 && fields.Number(1) > 0
            ? new Key(KeyKind.CursorPosition, Row: fields.Number(0), Column: fields.Number(1))
            : null;
    }

    /// <summary>The number for the modifiers is the second one; some terminals leave out the first.</summary>
    private static Modifiers OfLetterKey(string parameters, bool alt) =>
        Modifiers.Of(new Parameters(parameters).Number(parameters.Contains(';', StringComparison.Ordinal) ? 1 : 0)).Or(alt);

    private static Key? OfLetter(char final, Modifiers modifiers) => Of(final switch
    {
        'A' => KeyKind.PreviousHistory,
        'B' => KeyKind.NextHistory,
        'C' => modifiers.IsWord ? KeyKind.WordRight : KeyKind.Right,
        'D' => modifiers.IsWord ? KeyKind.WordLeft : KeyKind.Left,
        'H' => KeyKind.Home,
        'F' => KeyKind.End,
        'Z' => KeyKind.CompleteBack,
        _ => null,
    });

    private static Key? OfNumber(int number, Modifiers modifiers) => Of(number switch
    {
        1 or 7 => KeyKind.Home,
        4 or 8 => KeyKind.End,
        3 => modifiers.IsWord ? KeyKind.DeleteWordRight : KeyKind.DeleteRight,
        _ => null,
    });

    private static Key? Of(KeyKind? kind) => kind is { } known ? new Key(known) : null;
}
