using System.Runtime.InteropServices;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>
/// SIGHUP. If the terminal that the process was started from is gone, the user has closed it: the server stops. Otherwise
/// a program has sent the signal, as log rotation does: files are opened again. If SIGHUP was ignored at the start
/// (<c>nohup</c>), the runtime leaves it ignored: then neither is done.
/// </summary>
internal sealed class HangUp : IDisposable
{
    private const string ControllingTerminal = "/dev/tty";

    /// <summary>The signal may arrive shortly before the terminal is taken away.</summary>
    private static readonly TimeSpan TerminalLimit = TimeSpan.FromMilliseconds(500);

    private readonly bool _mayStop;
    private readonly PosixSignalRegistration _registration;

    /// <summary>Watches for the signal, which is handled on a thread of the runtime.</summary>
    /// <param name="stop">Called if the terminal is gone.</param>
    /// <param name="reopen">Called otherwise.</param>
    public HangUp(Action stop, Action reopen)
    {
        _mayStop = HasTerminal();
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            (IsTerminalLost() ? stop : reopen)();
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _registration.Dispose();

    private bool IsTerminalLost()
    {
        if (OperatingSystem.IsWindows())
        {
            return true; // on this system it always means that the console is being closed
        }

        return _mayStop && SpinWait.SpinUntil(() => !HasTerminal(), TerminalLimit);
    }

    /// <summary>True while the process has a controlling terminal.</summary>
    private static bool HasTerminal()
    {
        try
        {
            File.OpenHandle(ControllingTerminal, share: FileShare.ReadWrite).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
