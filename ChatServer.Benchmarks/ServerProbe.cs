using System.Globalization;
using System.Runtime.Versioning;

namespace ThreadedChat.ChatServer.Benchmarks;

/// <summary>What a process has used.</summary>
/// <param name="CpuSeconds">Processor time of all its threads so far, also of those that have ended.</param>
/// <param name="MemoryBytes">Memory it holds at the moment (resident set).</param>
internal readonly record struct ServerUse(double CpuSeconds, double MemoryBytes);

/// <summary>Asks Linux what the server's process uses. This costs the server nothing.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ServerProbe
{
    private readonly int _process;
    private readonly int _clock;

    /// <summary>A probe for the process with this id.</summary>
    /// <exception cref="BenchmarkException">There is none.</exception>
    public ServerProbe(int process)
    {
        _process = process;
        if (CLibrary.CpuClockOf(process, out _clock) != 0)
        {
            throw new BenchmarkException($"There is no process {process}.");
        }
    }

    /// <summary>What it has used; null where it has ended.</summary>
    public ServerUse? Read()
    {
        try
        {
            const double PerSecond = 1e9;
            return CLibrary.ReadClock(_clock, out CLibrary.TimeSpec cpu) == 0
                ? new ServerUse(cpu.Seconds + (cpu.Nanoseconds / PerSecond), ReadMemory())
                : null;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return null;
        }
    }

    private double ReadMemory()
    {
        const string Key = "VmRSS:";
        string line = File.ReadLines($"/proc/{_process}/status").First(l => l.StartsWith(Key, StringComparison.Ordinal));
        return double.Parse(line[Key.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1_024;
    }
}
