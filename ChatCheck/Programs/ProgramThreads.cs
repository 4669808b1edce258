using System.Globalization;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>What the kernel of Linux tells about the threads of a program and of all that it has started.</summary>
internal static class ProgramThreads
{
    private const string Root = "/proc";

    /// <summary>Whether the system tells.</summary>
    public static bool Exist { get; } = File.Exists(Path.Combine(Root, "self", "schedstat"));

    /// <summary>All threads by their paths; none if the system does not tell, or the program has ended.</summary>
    public static Dictionary<string, Sample> Of(int process)
    {
        var threads = new Dictionary<string, Sample>(StringComparer.Ordinal);
        if (!Exist)
        {
            return threads;
        }

        foreach (int member in ProcessFamily.Of(process))
        {
            try
            {
                foreach (string thread in Directory.EnumerateDirectories(Path.Combine(Root, member.ToString(CultureInfo.InvariantCulture), "task")))
                {
                    threads[thread] = Read(thread);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended, or the kernel keeps no such times.
            }
        }

        return threads;
    }

    private static Sample Read(string thread)
    {
        string stat = File.ReadAllText(Path.Combine(thread, "stat"));
        string[] times = File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' '); // run, ready, number of times
        return new Sample(
            stat[stat.LastIndexOf(')') + 2],
            TimeSpan.FromMicroseconds(long.Parse(times[0], CultureInfo.InvariantCulture) / 1000.0),
            TimeSpan.FromMicroseconds(long.Parse(times[1], CultureInfo.InvariantCulture) / 1000.0));
    }

    /// <summary>A thread at a moment.</summary>
    /// <param name="State">The letter of its state in <c>/proc</c>.</param>
    /// <param name="Ran">How long it has run.</param>
    /// <param name="WasReady">How long it was ready to run, and waited for a processor.</param>
    internal readonly record struct Sample(char State, TimeSpan Ran, TimeSpan WasReady)
    {
        /// <summary>Whether it runs, is ready to run, waits for a disk, or ends.</summary>
        public bool IsBusy => State is 'R' or 'D' or 'Z' or 'X';
    }
}
