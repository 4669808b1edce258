using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient;

/// <summary>
/// Ends the program on Ctrl-C and SIGTERM, even while its threads wait (docs/protocol.md, section 5). Where lines are edited, Ctrl-C
/// clears a line first, and this also handles stop, continue and a new window size.
/// </summary>
internal sealed class Signals : IDisposable
{
    // A paused pager may block the screen permanently: then the program ends without the last line break.
    private static readonly TimeSpan ScreenTimeout = TimeSpan.FromMilliseconds(250);

    // The system does not apply the default action of a signal to the first process of a container. So that process must handle
    // each signal that is to end it.
    private static readonly bool IsFirstProcess = Environment.ProcessId == 1;

    private readonly List<PosixSignalRegistration> _registrations = [];

    private Signals(Screen screen, ITerminalWindow? window, Func<bool> tryInterruptLine)
    {
        On(PosixSignal.SIGINT, signal => Interrupt(signal, screen, tryInterruptLine));
        if (window is null)
        {
            WatchWithoutWindow();
        }
        else if (OperatingSystem.IsWindows())
        {
            WatchConsole(screen, window);
        }
        else
        {
            WatchTerminal(screen, window);
        }
    }

    /// <summary>Handles the signals until the result is disposed.</summary>
    /// <param name="screen">The screen to close when the program ends.</param>
    /// <param name="window">The window with line editing; null in plain output, where the signals of job control keep their default action.</param>
    /// <param name="tryInterruptLine">Called for SIGINT: clears the line that the user types. False if there is none.</param>
    public static Signals Watch(Screen screen, ITerminalWindow? window, Func<bool> tryInterruptLine) => new(screen, window, tryInterruptLine);

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void WatchWithoutWindow()
    {
        On(PosixSignal.SIGTERM, signal => Exit(signal, ExitCode.Terminated));
        if (IsFirstProcess)
        {
            On(PosixSignal.SIGHUP, signal => Exit(signal, ExitCode.HungUp));
            On(PosixSignal.SIGQUIT, signal => Exit(signal, ExitCode.Quit));
        }
    }

    /// <summary>A console of Windows: Ctrl-Break, the window is closed, the computer shuts down. It has no job control.</summary>
    private void WatchConsole(Screen screen, ITerminalWindow window)
    {
        On(PosixSignal.SIGQUIT, signal => Exit(signal, screen, ExitCode.Quit));
        On(PosixSignal.SIGHUP, signal => Exit(signal, screen, ExitCode.HungUp));
        On(PosixSignal.SIGTERM, signal => Exit(signal, screen, ExitCode.Terminated));
        TerminalDevice.OnResize(window.Resize);
    }

    [UnsupportedOSPlatform("windows")]
    private void WatchTerminal(Screen screen, ITerminalWindow window)
    {
        On(PosixSignal.SIGTERM, signal => Exit(signal, screen, ExitCode.Terminated));
        On(PosixSignal.SIGHUP, signal => Exit(signal, screen, ExitCode.HungUp));
        On(PosixSignal.SIGQUIT, signal =>
        {
            Leave(screen);
            Quit(signal);
        });
        On(PosixSignal.SIGWINCH, _ => Tell(window.Resize));
        On(PosixSignal.SIGTSTP, signal =>
        {
            signal.Cancel = true;
            Tell(window.Suspend);
        });
        On(PosixSignal.SIGCONT, signal =>
        {
            signal.Cancel = true; // otherwise the runtime restores the settings that the terminal had at the start
            Tell(window.Continue);
        });
    }

    private static void Interrupt(PosixSignalContext signal, Screen screen, Func<bool> tryInterruptLine)
    {
        signal.Cancel = true;
        bool isLine = false;
        Tell(() => isLine = tryInterruptLine());
        if (!isLine)
        {
            Exit(signal, screen, ExitCode.Interrupted);
        }
    }

    private static void Exit(PosixSignalContext signal, Screen screen, int exitCode)
    {
        Leave(screen);
        Exit(signal, exitCode);
    }

    private static void Exit(PosixSignalContext signal, int exitCode)
    {
        signal.Cancel = true;
        Environment.Exit(exitCode);
    }

    /// <summary>Ends with the default action of SIGQUIT, a core dump, if the system supports that.</summary>
    [UnsupportedOSPlatform("windows")]
    private static void Quit(PosixSignalContext signal)
    {
        using var quit = new DefaultAction(TerminalCalls.Quit);
        _ = TerminalCalls.Raise(TerminalCalls.Quit);
        Exit(signal, ExitCode.Quit);
    }

    private static void Tell(Action screen)
    {
        try
        {
            screen();
        }
        catch (IOException)
        {
            // The terminal is gone: the next read or write reports it.
        }
    }

    private static void Leave(Screen screen) => Task.Run(screen.Interrupt).Wait(ScreenTimeout);

    private void On(PosixSignal signal, Action<PosixSignalContext> handler) =>
        _registrations.Add(PosixSignalRegistration.Create(signal, handler));
}
