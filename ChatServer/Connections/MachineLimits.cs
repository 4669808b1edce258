using System.Globalization;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>How many connections this machine can hold with a thread each.</summary>
internal static class MachineLimits
{
    /// <summary>Files kept back: the runtime alone has close to 90 open before the first client comes, and those who are refused need some.</summary>
    private const int ReservedFiles = 160;

    /// <summary>A thread takes four memory maps; past the limit the process is aborted, and nothing can catch that.</summary>
    private const int MapsPerThread = 4;
    private const int ReservedMaps = 2_000;

    /// <summary>Threads kept back: the runtime and the server have about 15, and a signal needs one to be handled at all.</summary>
    private const int ReservedThreads = 64;

    /// <summary>The least of what is wanted and what the machine allows, at least 1, and which of them decided.</summary>
    public static (int Connections, string Reason) Decide(int wanted) =>
        Decide(wanted, OpenFileLimit(), MemoryMapLimit(), ThreadLimits());

    /// <summary>The same for given limits; null, or none, where a limit is not known.</summary>
    internal static (int Connections, string Reason) Decide(
        int wanted, long? openFiles, long? memoryMaps, params IEnumerable<(long Threads, string Name)> threads)
    {
        List<(long Count, string Reason)> limits = [(wanted, "--max-connections")];
        if (openFiles is long files)
        {
            limits.Add((files - ReservedFiles, $"the limit of {files} open files"));
        }

        if (memoryMaps is long maps)
        {
            limits.Add(((maps - ReservedMaps) / MapsPerThread, $"the limit of {maps} memory maps (vm.max_map_count)"));
        }

        limits.AddRange(threads.Select(limit => (limit.Threads - ReservedThreads, $"the limit of {limit.Threads} threads ({limit.Name})")));

        (long count, string reason) = limits.MinBy(limit => limit.Count);
        return ((int)Math.Max(1, count), reason);
    }

    /// <summary>The soft limit of open files (the runtime has raised it to the hard one), or null where /proc does not tell.</summary>
    private static long? OpenFileLimit() => ProcessLimit("Max open files");

    private static long? MemoryMapLimit() => NumberIn("/proc/sys/vm/max_map_count");

    /// <summary>
    /// Everything that limits threads. Others' threads count in all of them, but for the control group's, so there may be
    /// fewer in the end: then who is one too many is refused when it comes.
    /// </summary>
    private static IEnumerable<(long Threads, string Name)> ThreadLimits()
    {
        // Does not hold for root.
        if (!Environment.IsPrivilegedProcess && ProcessLimit("Max processes") is long ofUser)
        {
            yield return (ofUser, "ulimit -u");
        }

        foreach (string name in (string[])["threads-max", "pid_max"])
        {
            if (NumberIn($"/proc/sys/kernel/{name}") is long ofSystem)
            {
                yield return (ofSystem, $"kernel.{name}");
            }
        }

        // In a container, or under systemd (TasksMax). A group is bound by the limits of those it is in.
        const string Key = "0::";
        string? group = ReadLines("/proc/self/cgroup").FirstOrDefault(l => l.StartsWith(Key, StringComparison.Ordinal))?[Key.Length..];
        for (; group is not null; group = Path.GetDirectoryName(group))
        {
            if (NumberIn($"/sys/fs/cgroup{group}/pids.max") is long ofGroup)
            {
                yield return (ofGroup, "pids.max of the control group");
            }
        }
    }

    private static long? ProcessLimit(string name)
    {
        string? line = ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
        return Number(line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault());
    }

    private static long? NumberIn(string path) => Number(ReadLines(path).FirstOrDefault());

    /// <summary>None where the file is not there or not for us.</summary>
    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;
}
