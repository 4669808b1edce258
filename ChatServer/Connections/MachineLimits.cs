using System.Globalization;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>How many connections this machine can hold with a thread each.</summary>
internal static class MachineLimits
{
    /// <summary>Files kept back: the runtime alone has close to 90 open before the first client comes.</summary>
    private const int ReservedFiles = 160;

    /// <summary>A thread takes four memory maps; past the limit the process is aborted, and nothing can catch that.</summary>
    private const int MapsPerThread = 4;
    private const int ReservedMaps = 2_000;

    /// <summary>The least of what is wanted and what the machine allows, at least 1, and which of them decided.</summary>
    public static (int Connections, string Reason) Decide(int wanted) =>
        Decide(wanted, OpenFileLimit(), MemoryMapLimit());

    /// <summary>The same for given limits; null where a limit is not known.</summary>
    internal static (int Connections, string Reason) Decide(int wanted, long? openFiles, long? memoryMaps)
    {
        (long Count, string Reason) least = (wanted, "--max-connections");
        if (openFiles is long files && files - ReservedFiles < least.Count)
        {
            least = (files - ReservedFiles, $"the limit of {files} open files");
        }

        if (memoryMaps is long maps && (maps - ReservedMaps) / MapsPerThread < least.Count)
        {
            least = ((maps - ReservedMaps) / MapsPerThread, $"the limit of {maps} memory maps (vm.max_map_count)");
        }

        return ((int)Math.Max(1, least.Count), least.Reason);
    }

    /// <summary>The soft limit of open files (the runtime has raised it to the hard one), or null where /proc does not tell.</summary>
    private static long? OpenFileLimit()
    {
        const string Key = "Max open files";
        string? line = ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith(Key, StringComparison.Ordinal));
        return Number(line?[Key.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault());
    }

    private static long? MemoryMapLimit() => Number(ReadLines("/proc/sys/vm/max_map_count").FirstOrDefault());

    private static IEnumerable<string> ReadLines(string path) => File.Exists(path) ? File.ReadLines(path) : [];

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;
}
