using System.Runtime.InteropServices;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>
/// The processes that have been started here and not ended: they end with this process, also if that is interrupted. From then on no other is
/// started.
/// </summary>
internal static class RunningPrograms
{
    /// <summary>A start that takes longer than this, while this process is to end, is left to itself.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(5);

    private static readonly object Gate = new();

    // Guarded by the gate.
    private static readonly HashSet<ProcessProgram> Programs = [];
    private static int _starting;
    private static bool _isEnding;

    // Kept: a registration that is collected is none.
    private static readonly PosixSignalRegistration[] Signals =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, _ => EndAll())),
    ];

    /// <summary>
    /// Runs the start of a program, with its folder. If this process has got a signal to end, it does not return: the thread would take the
    /// end of its program for a fault, and start the next one.
    /// </summary>
    public static void Start(Action start)
    {
        lock (Gate)
        {
            while (_isEnding)
            {
                Monitor.Wait(Gate);
            }

            _starting++;
        }

        try
        {
            start();
        }
        finally
        {
            lock (Gate)
            {
                _starting--;
                Monitor.PulseAll(Gate);
            }
        }
    }

    /// <summary>Notes a process that runs.</summary>
    public static void Add(ProcessProgram program)
    {
        lock (Gate)
        {
            Programs.Add(program);
        }
    }

    /// <summary>Forgets a process that has been ended.</summary>
    public static void Remove(ProcessProgram program)
    {
        lock (Gate)
        {
            Programs.Remove(program);
        }
    }

    /// <summary>Not cancelled: this process then ends as it would have.</summary>
    private static void EndAll()
    {
        GC.KeepAlive(Signals);
        ProcessProgram[] programs;
        lock (Gate)
        {
            _isEnding = true;
            while (_starting > 0 && Monitor.Wait(Gate, StartLimit))
            {
                // Another start may still be under way.
            }

            programs = [.. Programs];
        }

        foreach (ProcessProgram program in programs)
        {
            program.Kill();
        }

        PrivateFolder.RemoveAll();
    }
}
