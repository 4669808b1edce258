using System.Diagnostics;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>The figures of a process at one moment.</summary>
/// <param name="Threads">Its threads.</param>
/// <param name="Files">Its open files, sockets among them.</param>
/// <param name="MemoryBytes">Its memory (resident set).</param>
/// <param name="PeakMemoryBytes">The most memory it has had so far.</param>
/// <param name="Processor">The processor time it has used so far.</param>
internal readonly record struct ProcessFigures(
    int Threads, int Files, long MemoryBytes, long PeakMemoryBytes, TimeSpan Processor)
{
    /// <summary>The figures of a process that runs. Linux only: elsewhere the test is inconclusive.</summary>
    public static ProcessFigures Of(Process process)
    {
        Needs.Linux();
        process.Refresh();
        return new ProcessFigures(
            process.Threads.Count,
            Directory.GetFileSystemEntries($"/proc/{process.Id}/fd").Length,
            process.WorkingSet64,
            process.PeakWorkingSet64,
            process.TotalProcessorTime);
    }

    public override string ToString() => $"{Threads} threads, {Files} files, {Figures.Memory(MemoryBytes)}";
}
