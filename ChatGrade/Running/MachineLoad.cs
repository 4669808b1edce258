using System.Diagnostics;
using System.Globalization;
using ThreadedChat.ChatGrade.Sandboxes;

namespace ThreadedChat.ChatGrade.Running;

/// <summary>
/// How busy the machine is: the part of the processors that was free, and by how much a short sleep was longer than asked for. A
/// program that is late because of other programs must not be taken for one that is wrong, so the sleep has the priority of the programs that are checked.
/// </summary>
internal sealed class MachineLoad : IDisposable
{
    /// <summary>A sleep that is so much too long makes late results doubtful: an answer may need several sleeps, and has three seconds.</summary>
    public static readonly TimeSpan Doubtful = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProgramsWindow = TimeSpan.FromMilliseconds(200);

    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _thread;
    private readonly object _gate = new();

    // Guarded by the gate.
    private Sample _latest = new(1, TimeSpan.Zero);
    private long _stalls;

    /// <summary>Begins to measure.</summary>
    public MachineLoad()
    {
        _thread = new Thread(Measure) { IsBackground = true, Name = "load" };
        _thread.Start();
    }

    /// <summary>The figures of the last second.</summary>
    /// <param name="Free">From 0 to 1: what was idle, or used by programs that let all others go first, which are servers that never wait.</param>
    /// <param name="Stall">The longest delay of a sleep.</param>
    internal sealed record Sample(double Free, TimeSpan Stall);

    public Sample Latest
    {
        get
        {
            lock (_gate)
            {
                return _latest;
            }
        }
    }

    /// <summary>How many seconds had a doubtful stall so far.</summary>
    public long Stalls
    {
        get
        {
            lock (_gate)
            {
                return _stalls;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }

    private void Measure()
    {
        Priority.LowerThisThread();
        var programs = new LowestPriorityTime();
        programs.Look();
        (long Free, long All) before = ReadTimes();
        TimeSpan stall = TimeSpan.Zero;
        long ofPrograms = 0;
        long began = Stopwatch.GetTimestamp(), looked = began;
        while (true)
        {
            long slept = Stopwatch.GetTimestamp();
            if (_end.Wait(Pause))
            {
                return;
            }

            TimeSpan late = Stopwatch.GetElapsedTime(slept) - Pause;
            stall = late > stall ? late : stall;
            if (Stopwatch.GetElapsedTime(looked) >= ProgramsWindow)
            {
                ofPrograms += programs.Look();
                looked = Stopwatch.GetTimestamp();
            }

            if (Stopwatch.GetElapsedTime(began) < Window)
            {
                continue;
            }

            (long Free, long All) now = ReadTimes();
            double free = now.All > before.All ? Math.Min(1, (double)(now.Free - before.Free + ofPrograms) / (now.All - before.All)) : 1;
            lock (_gate)
            {
                _latest = new Sample(free, stall);
                _stalls += stall > Doubtful ? 1 : 0;
            }

            before = now;
            stall = TimeSpan.Zero;
            ofPrograms = 0;
            began = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Idle and all processor time since the start of the system; zeros if the system does not report it.</summary>
    private static (long Free, long All) ReadTimes()
    {
        try
        {
            return Times(File.ReadLines("/proc/stat").First());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return (0, 0);
        }
    }

    /// <summary>Idle and all processor time in the first line of <c>/proc/stat</c>.</summary>
    internal static (long Free, long All) Times(string line)
    {
        long[] times = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
        return (times[3] + times[4], times.Take(8).Sum()); // idle, and waiting for disks; guests are counted in user already
    }
}
