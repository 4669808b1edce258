using System.Runtime.InteropServices;

namespace ThreadedChat.Common.Streams;

/// <summary>
/// The first process of a container (process id 1). The kernel gives it no signal that it does not handle: what ends any other
/// program by default, say Ctrl-C, would do nothing.
/// </summary>
public static class FirstProcess
{
    private const int SignalExit = 128; // what a shell adds to the number of a signal

    /// <summary>Kept: a registration that is collected is none.</summary>
    private static readonly List<PosixSignalRegistration> Registrations = [];

    /// <summary>If this is the first process, these signals end it as they end any other: those that it does not handle itself.</summary>
    public static void EndOn(params PosixSignal[] signals)
    {
        if (Environment.ProcessId == 1 && !OperatingSystem.IsWindows())
        {
            Registrations.AddRange(signals.Select(signal => PosixSignalRegistration.Create(signal, _ => Environment.Exit(SignalExit + NumberOf(signal)))));
        }
    }

    /// <summary>The numbers that all systems have in common.</summary>
    private static int NumberOf(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        _ => 15, // SIGTERM
    };
}
