using System.Runtime.InteropServices;
using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// Ends the program on Ctrl-C and SIGTERM, whatever its threads are waiting for (docs/protocol.md, section 5); where lines
/// are edited, also tells the screen when the program is to stop, when it goes on, and when the window changes.
/// </summary>
internal sealed class Signals : IDisposable
{
    // The screen may be blocked for good, by a paused pager: then the program ends without the last line break.
    private static readonly TimeSpan PatienceWithScreen = TimeSpan.FromMilliseconds(250);

    private readonly List<PosixSignalRegistration> _registrations = [];

    private Signals(Screen screen)
    {
        On(PosixSignal.SIGINT, signal => Exit(signal, screen, ExitCode.Interrupted));
        if (screen is not EditingScreen editing || OperatingSystem.IsWindows()) // which has no such signals
        {
            On(PosixSignal.SIGTERM, signal => Exit(signal, ExitCode.Terminated));
            return;
        }

        On(PosixSignal.SIGTERM, signal => Exit(signal, screen, ExitCode.Terminated));
        On(PosixSignal.SIGHUP, signal => Exit(signal, screen, ExitCode.HungUp));
        On(PosixSignal.SIGQUIT, _ => Leave(screen)); // and then what it does anyway: a core dump
        On(PosixSignal.SIGWINCH, _ => Tell(editing.Resize));
        On(PosixSignal.SIGTSTP, signal =>
        {
            signal.Cancel = true;
            Tell(editing.Suspend);
        });
        On(PosixSignal.SIGCONT, signal =>
        {
            signal.Cancel = true; // or the runtime puts the settings back that the terminal had at the start
            Tell(editing.Continue);
        });
    }

    /// <summary>Watches for the signals until the result is disposed.</summary>
    public static Signals Watch(Screen screen) => new(screen);

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

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

    private static void Tell(Action screen)
    {
        try
        {
            screen();
        }
        catch (IOException)
        {
            // The terminal is gone: who reads or prints next will report it.
        }
    }

    private static void Leave(Screen screen) => Task.Run(screen.Interrupt).Wait(PatienceWithScreen);

    private void On(PosixSignal signal, Action<PosixSignalContext> handler) =>
        _registrations.Add(PosixSignalRegistration.Create(signal, handler));
}
