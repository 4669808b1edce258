namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// The sequences that set the terminal's modes. A program that crashed may have left any mode on, so the client sets each mode that
/// it depends on. Together they do not move the cursor; the terminal answers none of them, and ignores those that it does not know.
/// </summary>
internal static class TerminalModes
{
    // Sequences that move the cursor are between these two. They also keep origin mode, which has no effect without a scroll region.
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
    private const string FocusOn = "\e[?1004h"; // the terminal reports when its window gets and loses the focus
    private const string FocusOff = "\e[?1004l";
    private const string NormalKeys = "\e[?1l\e>"; // cursor keys and keypad

    // The protocols of kitty, of xterm (modifyOtherKeys) and of Windows. The first is set to 0 and not popped from its stack: the
    // entry there may belong to the program that started this one.
    private const string NormalKeyboard = "\e[=0u\e[>4;0m\e[?9001l";

    private const string BracketedPasteOn = "\e[?2004h"; // the terminal marks pastes
    private const string BracketedPasteOff = "\e[?2004l";

    /// <summary>For raw mode. The cursor's row must be cleared afterwards: an old console prints unknown sequences.</summary>
    public const string ForEditing =
        $"{SaveCursor}{MarginsOff}{RestoreCursor}{Replace}{EnterIsOneCharacter}{LocalEchoOff}{Ascii}{Plain}{WrapOn}{CursorShown}{DrawAtOnce}"
        + $"{MouseOff}{FocusOn}{NormalKeys}{NormalKeyboard}{BracketedPasteOn}";

    /// <summary>For the shell. Also resets modes that an unfinished write may have left on.</summary>
    public const string ForShell = $"{BracketedPasteOff}{FocusOff}{WrapOn}{Plain}";

    /// <summary>XTWINOPS: the terminal keeps the title of its window, and takes it back.</summary>
    public const string KeepTitle = "\e[22;2t";

    /// <inheritdoc cref="KeepTitle"/>
    public const string RestoreTitle = "\e[23;2t";
}
