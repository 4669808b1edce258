using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// The size of a terminal, and its settings: raw mode is on while lines are edited, and off again in whatever way the program
/// ends. The client does not use <c>System.Console</c>, which changes the settings as well.
/// </summary>
internal sealed class TerminalDevice
{
    private const int Input = 0;
    private const int Output = 1;

    // Larger than a struct termios on any system. It begins with the flags for input, output, control and local behaviour.
    private const int SettingsSize = 256;
    private const int OutputFlags = 1;
    private const int LocalFlags = 3;

    private static readonly byte[] ModesForEditing = Encoding.UTF8.GetBytes(TerminalModes.ForEditing);
    private static readonly byte[] ModesForShell = Encoding.UTF8.GetBytes(TerminalModes.ForShell);

    private readonly Terminal _terminal;
    private readonly byte[] _original;
    private readonly byte[] _raw;
    private int _isChanged; // 1 while raw mode is on
    private DefaultAction[]? _ends; // from StopProcess to EnableRawMode

    private TerminalDevice(Terminal terminal, byte[] original)
    {
        _terminal = terminal;
        _original = original;
        _raw = ToRaw(original);

        // For an end of the program that does not close the screen.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => DisableRawMode();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => DisableRawMode();
    }

    public static (int Columns, int Rows) Size =>
        TerminalCalls.TryGetWindowSize(Output, out int columns, out int rows) ? (columns, rows) : (80, 24);

    /// <summary>True if standard input and output are a terminal.</summary>
    public static bool IsTerminal =>
        !OperatingSystem.IsWindows() && TerminalCalls.IsTerminal(Input) == 1 && TerminalCalls.IsTerminal(Output) == 1;

    /// <summary>
    /// The terminal of standard input and output. Null if they are not a terminal, or a line cannot be edited on it because its
    /// cursor cannot be moved (<c>TERM=dumb</c>) or the system has no such settings.
    /// </summary>
    public static TerminalDevice? TryOpen(Terminal terminal)
    {
        if (!IsTerminal || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb")
        {
            return null;
        }

        var settings = new byte[SettingsSize];
        return TerminalCalls.GetTerminalSettings(Input, settings) == 0
            ? new TerminalDevice(terminal, settings)
            : null;
    }

    /// <summary>True if there is input within <paramref name="wait"/>.</summary>
    public static bool HasInput(TimeSpan wait)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan left = wait - Stopwatch.GetElapsedTime(start);
            if (TerminalCalls.IsReady(Input, TerminalCalls.Readable, left > TimeSpan.Zero ? left : TimeSpan.Zero))
            {
                return true;
            }

            // A signal ends the wait early: the window has another size, or the process continues after a stop.
            if (left <= TimeSpan.Zero)
            {
                return false;
            }
        }
    }

    /// <summary>
    /// True if a shell takes over when this process stops, and can continue it. A shell starts each program in a process group of
    /// its own, so a program in the group of the session's first process has no shell.
    /// </summary>
    public static bool HasShell => TerminalCalls.ProcessGroup() != TerminalCalls.Session(0);

    /// <summary>
    /// Stops this process until the shell continues it, by <c>fg</c>. Until the next <see cref="EnableRawMode"/>, SIGTERM and SIGHUP
    /// have their default action. The shell's <c>kill</c> sends such a signal and then continues the process in the background;
    /// there the system would stop it again, for using the terminal, before it could handle the signal.
    /// </summary>
    public void StopProcess()
    {
        _ends ??= [new DefaultAction(TerminalCalls.Terminate), new DefaultAction(TerminalCalls.HangUp)];
        using var stop = new DefaultAction(TerminalCalls.TerminalStop);

        // Not kill(2): the signal must stop this thread at once, so that it does nothing more before it is continued.
        _ = TerminalCalls.Raise(TerminalCalls.TerminalStop);
    }

    /// <summary>Each key is read at once, without echo. The signal keys (Ctrl-C, Ctrl-Z, Ctrl-\) still send signals.</summary>
    /// <exception cref="IOException">Standard output is closed.</exception>
    public void EnableRawMode()
    {
        Set(_raw);
        Interlocked.Exchange(ref _isChanged, 1);
        Array.ForEach(_ends ?? [], signal => signal.Dispose());
        _ends = null;
        _terminal.Write(ModesForEditing);
    }

    /// <summary>Restores the original settings. May be called from any thread and repeatedly; never waits.</summary>
    public void DisableRawMode()
    {
        if (Interlocked.Exchange(ref _isChanged, 0) == 0)
        {
            return;
        }

        TerminalCalls.DiscardInput(); // it was typed for the chat: the shell must not run it
        Set(_original);
        try
        {
            if (TerminalCalls.IsReady(Output, TerminalCalls.Writable, TimeSpan.Zero))
            {
                _terminal.Write(ModesForShell);
            }
        }
        catch (IOException)
        {
            // The terminal is gone, and its settings with it.
        }
    }

    private static byte[] ToRaw(byte[] original)
    {
        byte[] raw = [.. original];
        TerminalCalls.MakeRaw(raw);

        // Two settings are not raw: other programs may write to the terminal too, and their \n must begin a line; and Ctrl-C must
        // reach this program even while the thread that reads is busy. The client may go on after Ctrl-C: so the system must not
        // drop what is on its way to the screen, as it would by default.
        SetFlags(raw, OutputFlags, Flags(original, OutputFlags));
        SetFlags(raw, LocalFlags, Flags(raw, LocalFlags) | TerminalCalls.SignalKeys | TerminalCalls.NoFlush);
        return raw;
    }

    /// <summary>A tcflag_t has 8 bytes on macOS, of which the lower 4 are used, and 4 bytes elsewhere.</summary>
    private static Span<byte> FlagBytes(Span<byte> settings, int index) =>
        settings.Slice(index * (OperatingSystem.IsMacOS() ? 8 : 4), sizeof(uint));

    private static uint Flags(byte[] settings, int index) => MemoryMarshal.Read<uint>(FlagBytes(settings, index));

    private static void SetFlags(byte[] settings, int index, uint flags) =>
        MemoryMarshal.Write(FlagBytes(settings, index), flags);

    private static void Set(byte[] settings)
    {
        while (TerminalCalls.SetTerminalSettings(Input, TerminalCalls.AtOnce, settings) < 0
            && Marshal.GetLastPInvokeError() == TerminalCalls.Interrupted)
        {
            // A signal interrupted the call: repeat it.
        }
    }
}
