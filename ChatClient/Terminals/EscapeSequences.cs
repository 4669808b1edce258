using System.Globalization;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// Every escape sequence that the client writes or reads, except the modes in <see cref="TerminalModes"/> and the keys in
/// <c>Editing/KeyTable</c>. CSI is ESC and <c>[</c>, SS3 is ESC and <c>O</c>, OSC is ESC and <c>]</c>, ST is ESC and <c>\</c>
/// (ECMA-48).
/// </summary>
/// <remarks>
/// <code>
/// CSI n A, CSI n B      CUU, CUD   cursor up, down by n rows
/// CSI n G               CHA        cursor to column n, from 1
/// CSI H                 CUP        cursor to the top left corner
/// CSI J, CSI 2 J        ED         clear from the cursor to the end of the screen; the whole screen
/// CSI K, CSI 2 K        EL         clear from the cursor to the end of the row; the whole row
/// CSI n m               SGR        colours and attributes; without n all are reset
/// CSI 6 n, CSI r ; c R  DSR, CPR   the client asks for the cursor's position; the terminal answers
/// CSI ? 7 h, CSI ? 7 l  DECAWM     wrap at the end of a row: on, off
/// CSI 200 ~, CSI 201 ~             bracketed paste: start and end of the pasted text
/// BEL                              the bell
/// OSC 2 ; text BEL                 the title of the window
/// OSC 9 ; text ST                  a notification of the desktop: iTerm2 and others
/// OSC 777 ; notify ; title ; text ST   the same: rxvt-unicode and others
/// OSC 99 ; ; text ST               the same: kitty
/// </code>
/// </remarks>
internal static class EscapeSequences
{
    public const char Escape = '\e';
    public const string Bell = "\a";

    public const string WrapOn = "\e[?7h";
    public const string WrapOff = "\e[?7l";

    public const string ClearToEndOfRow = "\e[K";
    public const string ClearScreen = "\e[H\e[2J";

    /// <summary>
    /// Clears from the cursor's row on, and goes to its start. It clears that row as a whole first: otherwise tmux still joins the
    /// row with the next one. Then it clears the other rows, but not from the first cell: in the top row that would be the whole
    /// screen, and tmux would copy the visible rows to its history.
    /// </summary>
    public const string ClearRowsBelow = "\r\e[2K \e[J\r";

    public const string AskCursorPosition = "\e[6n";

    /// <summary>Ends each style. Terminals without colours know no other form.</summary>
    public const string ResetStyle = "\e[m";

    public const string Dim = "\e[2m";
    public const string BoldReverse = "\e[1;7m";

    /// <summary>The bytes that the terminal sends before a paste, behind its ESC.</summary>
    public const string PasteStartAfterEscape = "[200~";

    public const string PasteEnd = "\e[201~";

    /// <param name="text">Cleaned.</param>
    public static string Title(string text) => $"\e]2;{text}\a";

    /// <param name="text">Cleaned.</param>
    public static string Notification9(string text) => $"\e]9;{text}\e\\";

    /// <param name="title">Cleaned, without a semicolon.</param>
    /// <param name="text">Cleaned.</param>
    public static string Notification777(string title, string text) => $"\e]777;notify;{title};{text}\e\\";

    /// <param name="text">Cleaned.</param>
    public static string Notification99(string text) => $"\e]99;;{text}\e\\";

    public static string Up(int rows) => string.Create(CultureInfo.InvariantCulture, $"\e[{rows}A");

    public static string Down(int rows) => string.Create(CultureInfo.InvariantCulture, $"\e[{rows}B");

    /// <summary>To a column of the same row.</summary>
    /// <param name="column">From 0.</param>
    public static string ToColumn(int column) => string.Create(CultureInfo.InvariantCulture, $"\e[{column + 1}G");

    /// <summary>One of the eight colours of ECMA-48.</summary>
    public static string BasicColour(byte colour) => string.Create(CultureInfo.InvariantCulture, $"\e[3{colour}m");

    /// <summary>One of the palette of 256 colours.</summary>
    public static string PaletteColour(byte colour) => string.Create(CultureInfo.InvariantCulture, $"\e[38;5;{colour}m");
}
