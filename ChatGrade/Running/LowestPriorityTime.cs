using System.Globalization;

namespace ThreadedChat.ChatGrade.Running;

/// <summary>
/// The processor time of the programs that let all others go first, which are the servers that never wait: user time and system time. The system counts
/// the user time of all lower priorities together, and does not tell the system time.
/// </summary>
/// <param name="list">The numbers of all processes.</param>
/// <param name="read">The line <c>stat</c> of a process; null if it has ended.</param>
internal sealed class LowestPriorityTime(Func<IEnumerable<string>> list, Func<string, string?> read)
{
    private const string Root = "/proc";
    private const int Lowest = 19;

    /// <summary>A process that has another priority in so many looks is not read again: only a server that was just started changes it.</summary>
    private const int LooksAtOthers = 10;

    // The fields of the line behind the name: user time, system time, priority, time of the start.
    private const int UserField = 11;
    private const int SystemField = 12;
    private const int PriorityField = 16;
    private const int StartField = 19;

    private Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    /// <summary>For this system. Where there is no <c>/proc</c>, nothing is counted.</summary>
    public LowestPriorityTime()
        : this(() => Directory.Exists(Root) ? Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path)).Where(name => char.IsAsciiDigit(name[0])) : [], ReadStat)
    {
    }

    /// <summary>
    /// The time since the last look, in ticks of the clock. What a process has used since the last look before it ended is missing, so looks should be
    /// closer together than the starts of a server.
    /// </summary>
    public long Look()
    {
        long sum = 0;
        var now = new Dictionary<string, Seen>(_seen.Count, StringComparer.Ordinal);
        foreach (string process in list())
        {
            bool isKnown = _seen.TryGetValue(process, out Seen was);
            if (isKnown && was.LooksAtOther >= LooksAtOthers)
            {
                now[process] = was;
            }
            else if (read(process) is string line)
            {
                string[] fields = line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                (long start, long time) = (Number(fields[StartField]), Number(fields[UserField]) + Number(fields[SystemField]));
                isKnown &= was.Start == start;
                bool isLowest = Number(fields[PriorityField]) == Lowest;
                sum += isLowest ? time - (isKnown ? was.Time : 0) : 0;
                now[process] = new Seen(start, time, isLowest ? 0 : isKnown ? was.LooksAtOther + 1 : 1);
            }
        }

        _seen = now;
        return sum;
    }

    private static string? ReadStat(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(Root, process, "stat"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended
        }
    }

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    private readonly record struct Seen(long Start, long Time, int LooksAtOther);
}
