using System.Globalization;
using System.Runtime.Versioning;

namespace ThreadedChat.ChatServer.Benchmarks;

/// <summary>Resources that a process has used.</summary>
/// <param name="CpuSeconds">Processor time of all its threads, including those that have ended.</param>
/// <param name="MemoryBytes">Memory at this moment (resident set).</param>
internal readonly record struct ServerUse(double CpuSeconds, double MemoryBytes);

/// <summary>Reads from Linux what the server's process uses, without a cost for the server.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ServerUsage
{
    private readonly int _process;
    private readonly int _clock;

    /// <exception cref="BenchmarkException">There is no process with this id.</exception>
    public ServerUsage(int process)
    {
        _process = process;
        if (LinuxCalls.CpuClockOf(process, out _clock) != 0)
        {
            throw new BenchmarkException($"There is no process {process}.");
        }
    }

    /// <summary>The usage up to now; null if the process has ended.</summary>
    public ServerUse? Read()
    {
        try
        {
            const double PerSecond = 1e9;
            return LinuxCalls.ReadClock(_clock, out LinuxCalls.TimeSpec cpu) == 0
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
