using System.Runtime.InteropServices;

namespace ThreadedChat.ChatClient;

/// <summary>Ends the program on Ctrl-C and SIGTERM, whatever its threads are waiting for (docs/protocol.md, section 5).</summary>
internal sealed class Signals : IDisposable
{
    // The screen may be blocked for good, by a paused pager: then the program ends without the last line break.
    private static readonly TimeSpan PatienceWithScreen = TimeSpan.FromMilliseconds(250);

    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    private Signals(Screen screen)
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            Task.Run(() => screen.Close("\n")).Wait(PatienceWithScreen);
            Exit(signal, ExitCode.Interrupted);
        });
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Exit(signal, ExitCode.Terminated));
    }

    /// <summary>Watches for both signals until the result is disposed.</summary>
    public static Signals Watch(Screen screen) => new(screen);

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    private static void Exit(PosixSignalContext signal, int exitCode)
    {
        signal.Cancel = true;
        Environment.Exit(exitCode);
    }
}
