using System.Text;
using ThreadedChat.Common.Streams;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// The size of a terminal, and its settings: raw mode is on while lines are edited, and off again in whatever way the program
/// ends. The client does not use <c>System.Console</c>, which changes the settings as well.
/// </summary>
internal sealed class TerminalDevice
{
    private static readonly byte[] ModesForEditing = Encoding.UTF8.GetBytes(TerminalModes.ForEditing);

    private static readonly ITerminalSystem System =
        OperatingSystem.IsWindows() ? new WindowsTerminal() : new UnixTerminal();

    private readonly Terminal _terminal;
    private bool _keepsTitle;
    private int _isChanged; // 1 while raw mode is on

    private TerminalDevice(Terminal terminal)
    {
        _terminal = terminal;

        // For an end of the program that does not close the screen.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => DisableRawMode();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => DisableRawMode();
    }

    private string ModesForShell => (_keepsTitle ? EscapeSequences.Title("") + TerminalModes.RestoreTitle : "") + TerminalModes.ForShell;

    public static (int Columns, int Rows) Size => System.TryGetSize(out int columns, out int rows) ? (columns, rows) : (80, 24);

    /// <inheritdoc cref="ITerminalSystem.HasShell"/>
    public static bool HasShell => System.HasShell;

    /// <summary>The kind of terminal: the variable TERM, or the usual value of this system if it is not set.</summary>
    public static string? Term => Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } term ? term : System.UsualTerm;

    /// <summary>True if standard input and output are a terminal.</summary>
    public static bool IsTerminal => StandardStreams.Input.IsTerminal && StandardStreams.Output.IsTerminal;

    /// <summary>
    /// The terminal of standard input and output. Null if they are not a terminal, or a line cannot be edited on it because its
    /// cursor cannot be moved (<c>TERM=dumb</c>, a console of Windows before version 10).
    /// </summary>
    /// <param name="terminal">The streams.</param>
    /// <param name="keepsTitle">True to keep the title of the window while raw mode is on, and to restore it afterwards.</param>
    public static TerminalDevice? TryOpen(Terminal terminal, bool keepsTitle = false) =>
        Term is not (null or "dumb") && System.TryOpen() ? new TerminalDevice(terminal) { _keepsTitle = keepsTitle } : null;

    /// <inheritdoc cref="ITerminalSystem.Input"/>
    public static Stream OpenInput(StandardStream standard) => System.Input(standard);

    /// <inheritdoc cref="ITerminalSystem.OnResize"/>
    public static void OnResize(Action resized) => System.OnResize(resized);

    /// <inheritdoc cref="ITerminalSystem.HasInput"/>
    public static bool HasInput(TimeSpan wait) => System.HasInput(wait);

    /// <summary>Drops unread input.</summary>
    public static void DiscardInput() => System.DiscardInput();

    /// <inheritdoc cref="ITerminalSystem.StopProcess"/>
    public static void StopProcess() => System.StopProcess();

    /// <summary>Each key is read at once, without echo. The signal keys (Ctrl-C, Ctrl-Z, Ctrl-\) still send signals.</summary>
    /// <exception cref="IOException">Standard output is closed.</exception>
    public void EnableRawMode()
    {
        bool isKept = Interlocked.Exchange(ref _isChanged, 1) == 1; // after a stop from outside
        System.EnableRawMode(_terminal, ModesForEditing);
        if (_keepsTitle && !isKept)
        {
            _terminal.Write(Encoding.UTF8.GetBytes(TerminalModes.KeepTitle));
        }
    }

    /// <summary>Restores the original settings. May be called from any thread and repeatedly; never waits.</summary>
    public void DisableRawMode()
    {
        if (Interlocked.Exchange(ref _isChanged, 0) == 0)
        {
            return;
        }

        try
        {
            System.DisableRawMode(_terminal, Encoding.UTF8.GetBytes(ModesForShell));
        }
        catch (IOException)
        {
            // The terminal is gone, and its settings with it.
        }
    }
}
