using System.Diagnostics;
using System.Globalization;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>Whether a program uses a processor while nobody wants anything from it, as a loop around a select without a timeout does.</summary>
internal static class Restlessness
{
    private const string Root = "/proc";

    /// <summary>A thread that is ready to run for this part of the time waits for nothing.</summary>
    private const double Part = 0.8;

    /// <summary>Looks at the threads of a program and of all that it has started for this time. False if the system does not tell.</summary>
    public static bool Of(int process, TimeSpan window)
    {
        Dictionary<string, long> before = ReadyTimes(process);
        long began = Stopwatch.GetTimestamp();
        Thread.Sleep(window);
        double most = Stopwatch.GetElapsedTime(began).TotalNanoseconds * Part;
        return before.Count > 0 && ReadyTimes(process).Any(thread => thread.Value - before.GetValueOrDefault(thread.Key, thread.Value) > most);
    }

    /// <summary>
    /// For each thread the nanoseconds in which it ran or was ready to run. On a busy machine a thread that never waits runs for
    /// a small part of the time, and is ready for all of it.
    /// </summary>
    private static Dictionary<string, long> ReadyTimes(int process)
    {
        var times = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (int member in ProcessFamily.Of(process))
        {
            try
            {
                foreach (string thread in Directory.EnumerateDirectories(Path.Combine(Root, member.ToString(CultureInfo.InvariantCulture), "task")))
                {
                    string[] fields = File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' '); // run, ready, number of times
                    times[thread] = long.Parse(fields[0], CultureInfo.InvariantCulture) + long.Parse(fields[1], CultureInfo.InvariantCulture);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended, or the kernel keeps no such times.
            }
        }

        return times;
    }
}
