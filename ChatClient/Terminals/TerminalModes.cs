namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// The sequences that set the terminal's modes. A program that died may have left any of them on, so at its start the client
/// sets each one that it depends on. None moves the cursor, none is answered, and what a terminal does not know it ignores.
/// </summary>
internal static class TerminalModes
{
    // What moves the cursor stands between these two. They also keep origin mode, which without a scroll region changes nothing.
    private const string SaveCursor = "\e7";
    private const string RestoreCursor = "\e8";

    private const string MarginsOff = "\e[?6l\e[?69l\e[r"; // origin mode, left and right margins, scroll region
    private const string Replace = "\e[4l"; // and not insert
    private const string EnterIsOneCharacter = "\e[20l";
    private const string LocalEchoOff = "\e[12h";
    private const string Ascii = "\e(B\x0F"; // the character set: no line drawing
    private const string Plain = "\e[m"; // no colour and no other attribute
    private const string WrapOn = "\e[?7h";
    private const string CursorShown = "\e[?25h";
    private const string DrawAtOnce = "\e[?2026l"; // no synchronized update is under way

    // X10, clicks, highlighting, drags, all moves; how they are encoded: UTF-8, SGR, urxvt, pixels.
    private const string MouseOff = "\e[?9l\e[?1000l\e[?1001l\e[?1002l\e[?1003l\e[?1005l\e[?1006l\e[?1015l\e[?1016l";
    private const string FocusOff = "\e[?1004l";
    private const string NormalKeys = "\e[?1l\e>"; // cursor keys and number block

    // The protocols of kitty, of xterm (modifyOtherKeys) and of Windows. The first is set to nothing and not taken from its
    // stack: what lies there may be of the program that has started us.
    private const string NormalKeyboard = "\e[=0u\e[>4;0m\e[?9001l";

    private const string PasteMarksOn = "\e[?2004h"; // the terminal tells pastes from typing
    private const string PasteMarksOff = "\e[?2004l";

    /// <summary>For editing a line. The row with the cursor may have to be cleared afterwards: an old console shows what it does not know.</summary>
    public const string ForEditing =
        $"{SaveCursor}{MarginsOff}{RestoreCursor}{Replace}{EnterIsOneCharacter}{LocalEchoOff}{Ascii}{Plain}{WrapOn}{CursorShown}{DrawAtOnce}"
        + $"{MouseOff}{FocusOff}{NormalKeys}{NormalKeyboard}{PasteMarksOn}";

    /// <summary>For the shell: also what a write that was not finished may have left behind.</summary>
    public const string ForShell = $"{PasteMarksOff}{WrapOn}{Plain}";
}
