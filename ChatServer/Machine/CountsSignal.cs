using System.Runtime.InteropServices;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>SIGUSR1, with which an operator asks a running server for its counts. Not on Windows, which has no such signal.</summary>
internal sealed class CountsSignal : IDisposable
{
    // The runtime names only the signals that all systems have. Any other is given by its number, which differs.
    private const int OnLinux = 10;
    private const int OnMacAndBsd = 30;

    private readonly PosixSignalRegistration? _registration;

    /// <summary>Has <paramref name="tell"/> called for each signal, on a thread of the runtime.</summary>
    public CountsSignal(Action tell)
    {
        if (!OperatingSystem.IsWindows())
        {
            _registration = PosixSignalRegistration.Create((PosixSignal)(OperatingSystem.IsLinux() ? OnLinux : OnMacAndBsd), signal =>
            {
                signal.Cancel = true;
                tell();
            });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _registration?.Dispose();
}
