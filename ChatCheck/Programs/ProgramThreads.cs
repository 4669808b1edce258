using System.Globalization;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>What the kernel of Linux tells about the threads of a program and of all that it has started.</summary>
internal static class ProgramThreads
{
    private const string Root = "/proc";
    private const char Zombie = 'Z';
    private const char Ended = 'X';

    private static readonly Sample Ending = new(Ended, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Whether the system tells.</summary>
    public static bool Exist { get; } = File.Exists(Path.Combine(Root, "self", "schedstat"));

    /// <summary>All threads by their paths; none if the system does not tell. A program that has ended is busy.</summary>
    public static Dictionary<string, Sample> Of(int process) => Of(process, ProcessFamily.Of(process));

    /// <summary>As the other one, for a family that is known. Processes of it that have ended are busy.</summary>
    public static Dictionary<string, Sample> Of(int process, IReadOnlySet<int> family)
    {
        var threads = new Dictionary<string, Sample>(StringComparer.Ordinal);
        if (!Exist)
        {
            return threads;
        }

        foreach (int member in family)
        {
            string folder = Path.Combine(Root, member.ToString(CultureInfo.InvariantCulture), "task");
            foreach ((string thread, Sample sample) in In(folder).Where(thread => member == process || thread.Value.State != Zombie)) // some never look at the end of what they start
            {
                threads[thread] = sample;
            }
        }

        return threads;
    }

    /// <summary>The threads of one process by their paths. One that cannot be read ends at this moment.</summary>
    /// <param name="folder">Their folder in <c>/proc</c>.</param>
    public static Dictionary<string, Sample> In(string folder)
    {
        try
        {
            return Directory.EnumerateDirectories(folder).ToDictionary(thread => thread, Read, StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(StringComparer.Ordinal) { [folder] = Ending };
        }
    }

    private static Sample Read(string thread)
    {
        try
        {
            return Parse(thread);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Ending;
        }
    }

    private static Sample Parse(string thread)
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
        public bool IsBusy => State is 'R' or 'D' or Zombie or Ended;

        /// <summary>Whether it has ended, or does so during the look.</summary>
        public bool HasEnded => State == Ended;
    }
}
