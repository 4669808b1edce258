using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// What a terminal has and a pipe has not: a size, and settings, which are changed while lines are edited and put back
/// whatever way the program ends. <c>System.Console</c> is not used beside it: that changes the settings as well.
/// </summary>
internal sealed class TerminalDevice
{
    private const int Input = 0;
    private const int Output = 1;

    // More than a struct termios has anywhere. It begins with the flags for input, output, control and local behaviour.
    private const int SettingsSize = 256;
    private const int OutputFlags = 1;
    private const int LocalFlags = 3;

    private static readonly byte[] ModesForEditing = Encoding.UTF8.GetBytes(TerminalModes.ForEditing);
    private static readonly byte[] ModesForShell = Encoding.UTF8.GetBytes(TerminalModes.ForShell);

    private readonly Terminal _terminal;
    private readonly byte[] _found;
    private readonly byte[] _editing;
    private int _isChanged; // 1 between Enter and Leave
    private DefaultAction[]? _ends; // between StopProcess and Enter

    private TerminalDevice(Terminal terminal, byte[] found)
    {
        _terminal = terminal;
        _found = found;
        _editing = ForEditing(found);

        // The last resort, for the ways out that go past everybody else.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Leave();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => Leave();
    }

    /// <summary>Columns and rows of the window.</summary>
    public static (int Columns, int Rows) Size =>
        CLibrary.TryGetWindowSize(Output, out int columns, out int rows) ? (columns, rows) : (80, 24);

    /// <summary>
    /// The terminal that standard input and output are; null if they are none, or one on which a line cannot be edited:
    /// it has no cursor that moves (<c>TERM=dumb</c>), or the system has no such settings.
    /// </summary>
    public static TerminalDevice? TryOpen(Terminal terminal)
    {
        if (OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb")
        {
            return null;
        }

        var settings = new byte[SettingsSize];
        return CLibrary.IsTerminal(Input) == 1 && CLibrary.IsTerminal(Output) == 1
            && CLibrary.GetTerminalSettings(Input, settings) == 0
            ? new TerminalDevice(terminal, settings)
            : null;
    }

    /// <summary>True if there is something to read within <paramref name="wait"/>.</summary>
    public static bool HasInput(TimeSpan wait)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan left = wait - Stopwatch.GetElapsedTime(start);
            if (CLibrary.IsReady(Input, CLibrary.Readable, left > TimeSpan.Zero ? left : TimeSpan.Zero))
            {
                return true;
            }

            // A signal ends the wait too soon: the window has changed, or the process goes on after a stop.
            if (left <= TimeSpan.Zero)
            {
                return false;
            }
        }
    }

    /// <summary>
    /// True if a shell is there that would take over when this process stops, and could continue it. It puts what it starts
    /// into groups of their own; in the group of the session's first process nobody would.
    /// </summary>
    public static bool HasShell => CLibrary.ProcessGroup() != CLibrary.Session(0);

    /// <summary>
    /// Stops this process until somebody continues it: the shell, by <c>fg</c>. Until the next <see cref="Enter"/>, SIGTERM and
    /// SIGHUP end it without its help. The shell's <c>kill</c> sends such a signal and then lets the process go on, in the
    /// background: there it would be stopped again, for touching the terminal, before it had handled the signal.
    /// </summary>
    public void StopProcess()
    {
        _ends ??= [new DefaultAction(CLibrary.Terminate), new DefaultAction(CLibrary.HangUp)];
        using var stop = new DefaultAction(CLibrary.TerminalStop);

        // Not kill(2): the signal must hit this very thread, so that it does nothing more before it is continued.
        _ = CLibrary.Raise(CLibrary.TerminalStop);
    }

    /// <summary>From now on each key comes at once, and nothing is echoed. Signal keys (Ctrl-C, Ctrl-Z, Ctrl-\) stay signals.</summary>
    /// <exception cref="IOException">Standard output is gone.</exception>
    public void Enter()
    {
        Set(_editing);
        Interlocked.Exchange(ref _isChanged, 1);
        Array.ForEach(_ends ?? [], signal => signal.Dispose());
        _ends = null;
        _terminal.Write(ModesForEditing);
    }

    /// <summary>Puts all back as it was found. From any thread, as often as one likes; waits for nobody.</summary>
    public void Leave()
    {
        if (Interlocked.Exchange(ref _isChanged, 0) == 0)
        {
            return;
        }

        Set(_found);
        try
        {
            if (CLibrary.IsReady(Output, CLibrary.Writable, TimeSpan.Zero))
            {
                _terminal.Write(ModesForShell);
            }
        }
        catch (IOException)
        {
            // The terminal is gone, and its settings with it.
        }
    }

    private static byte[] ForEditing(byte[] found)
    {
        byte[] raw = [.. found];
        CLibrary.MakeRaw(raw);

        // Raw is more than is wanted: others may write to the terminal too, and their \n shall begin a line; and Ctrl-C
        // must end us also while the thread that reads is busy.
        SetFlags(raw, OutputFlags, Flags(found, OutputFlags));
        SetFlags(raw, LocalFlags, Flags(raw, LocalFlags) | CLibrary.SignalKeys);
        return raw;
    }

    /// <summary>tcflag_t: 8 bytes on macOS, of which the lower 4 are used; 4 elsewhere.</summary>
    private static Span<byte> FlagBytes(Span<byte> settings, int index) =>
        settings.Slice(index * (OperatingSystem.IsMacOS() ? 8 : 4), sizeof(uint));

    private static uint Flags(byte[] settings, int index) => MemoryMarshal.Read<uint>(FlagBytes(settings, index));

    private static void SetFlags(byte[] settings, int index, uint flags) =>
        MemoryMarshal.Write(FlagBytes(settings, index), flags);

    private static void Set(byte[] settings)
    {
        while (CLibrary.SetTerminalSettings(Input, CLibrary.AtOnce, settings) < 0
            && Marshal.GetLastPInvokeError() == CLibrary.Interrupted)
        {
            // Once more.
        }
    }
}
