using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using ThreadedChat.ChatCheck.Programs;

namespace ThreadedChat.ChatGrade.Running;

/// <summary>Runs one command to its end, in bounded time and memory.</summary>
internal static class ProcessRun
{
    private const int MostOutput = 64 * 1024 * 1024;
    private const int TerminateSignal = 15;

    /// <summary>The time between the request to end and the kill.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(100);

    private static readonly string? NewSession = ProgramFiles.Find("setsid");

    /// <summary>How it ended.</summary>
    /// <param name="ExitCode">Null if it was killed because of the limit or a stop.</param>
    /// <param name="Output">Standard output.</param>
    /// <param name="Errors">Standard error.</param>
    internal sealed record Ending(int? ExitCode, string Output, string Errors);

    /// <summary>Runs it.</summary>
    /// <param name="words">The command.</param>
    /// <param name="limit">After this it is ended, with all that it has started.</param>
    /// <param name="stop">As soon as this is set it is ended.</param>
    public static Ending Run(IReadOnlyList<string> words, TimeSpan limit, CancellationToken stop)
    {
        string[] all = [.. NewSession is null ? (string[])[] : [NewSession], .. words];
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo(all[0], all[1..])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
            })!;
        }
        catch (Win32Exception e)
        {
            return new Ending(127, "", e.Message);
        }

        using (process)
        {
            process.StandardInput.Close();
            var output = new Reader(process.StandardOutput.BaseStream);
            var errors = new Reader(process.StandardError.BaseStream);
            long began = Stopwatch.GetTimestamp();
            bool isEnded = false;
            while (!process.WaitForExit(LookPause))
            {
                if (stop.IsCancellationRequested || Stopwatch.GetElapsedTime(began) > limit)
                {
                    End(process);
                    isEnded = true;
                    break;
                }
            }

            process.WaitForExit();
            return new Ending(isEnded ? null : process.ExitCode, output.Text(), errors.Text());
        }
    }

    private static void End(Process process)
    {
        if (NewSession is not null && !OperatingSystem.IsWindows())
        {
            // The checker then ends the programs that it has started, which have groups of their own, and its copy is removed.
            SystemCalls.Signal(-process.Id, TerminateSignal);
            process.WaitForExit(EndLimit);
        }

        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }

        if (NewSession is not null && !OperatingSystem.IsWindows())
        {
            SystemCalls.KillGroup(process.Id); // the first process of a sandbox takes all others with it
        }
    }

    /// <summary>Reads a stream to its end; bytes beyond the limit are dropped.</summary>
    private sealed class Reader
    {
        private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(2);

        private readonly Thread _thread;
        private readonly List<byte> _bytes = [];

        public Reader(Stream stream)
        {
            _thread = new Thread(() => Read(stream)) { IsBackground = true, Name = "output" };
            _thread.Start();
        }

        /// <summary>The bytes read. A process that has left the group may hold the stream open: there is no wait for it.</summary>
        public string Text()
        {
            _thread.Join(JoinLimit);
            lock (_bytes)
            {
                return Encoding.UTF8.GetString([.. _bytes]);
            }
        }

        private void Read(Stream stream)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                for (int count; (count = stream.Read(buffer)) > 0;)
                {
                    lock (_bytes)
                    {
                        _bytes.AddRange(buffer.AsSpan(0, Math.Min(count, MostOutput - _bytes.Count)));
                    }
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The process is gone.
            }
        }
    }
}
