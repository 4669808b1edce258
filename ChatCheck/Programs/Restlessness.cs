using System.Diagnostics;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>Whether a program uses a processor while nobody wants anything from it, as a loop around a select without a timeout does.</summary>
internal static class Restlessness
{
    /// <summary>A thread that is ready to run for this part of the time waits for nothing.</summary>
    private const double Part = 0.8;

    /// <summary>Looks at the threads of a program and of all that it has started for this time. False if the system does not report them.</summary>
    public static bool Of(int process, TimeSpan window)
    {
        Dictionary<string, ProgramThreads.Sample> before = ProgramThreads.Of(process);
        long began = Stopwatch.GetTimestamp();
        Thread.Sleep(window);
        TimeSpan most = Stopwatch.GetElapsedTime(began) * Part;
        return before.Count > 0 && ProgramThreads.Of(process).Any(thread => before.TryGetValue(thread.Key, out ProgramThreads.Sample was) && Used(thread.Value) - Used(was) > most);
    }

    /// <summary>
    /// The time in which it ran or was ready to run. On a busy machine a thread that never waits runs for a small part of the time, and is ready for all
    /// of it.
    /// </summary>
    private static TimeSpan Used(ProgramThreads.Sample thread) => thread.Ran + thread.WasReady;
}
