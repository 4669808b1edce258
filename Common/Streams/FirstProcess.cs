using System.Runtime.InteropServices;

namespace ThreadedChat.Common.Streams;

/// <summary>
/// The first process of a container (process id 1). It gets only signals that it handles: the default action of Ctrl-C, for example, would
/// have no effect.
/// </summary>
public static class FirstProcess
{
    private const int SignalExit = 128; // a shell adds this to the number of a signal

    /// <summary>Kept, because a collected registration has no effect.</summary>
    private static readonly List<PosixSignalRegistration> Registrations = [];

    /// <summary>If this is the first process, these signals end it, as they end any other process.</summary>
    public static void EndOn(params PosixSignal[] signals)
    {
        if (Environment.ProcessId == 1 && !OperatingSystem.IsWindows())
        {
            Registrations.AddRange(signals.Select(signal => PosixSignalRegistration.Create(signal, _ => Environment.Exit(SignalExit + NumberOf(signal)))));
        }
    }

    /// <summary>The numbers that are the same on all systems.</summary>
    private static int NumberOf(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        _ => 15, // SIGTERM
    };
}
