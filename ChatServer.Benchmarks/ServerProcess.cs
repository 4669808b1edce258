using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace ThreadedChat.ChatServer.Benchmarks;

/// <summary>This project's server in a separate process, on a free port. It ends with this object or with this process.</summary>
[SupportedOSPlatform("linux")]
internal sealed partial class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    /// <summary>More than the server's drain timeout.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly TaskCompletionSource<int> _port = new();
    private readonly List<PosixSignalRegistration> _signals;
    private string _lastLine = "";

    /// <summary>Starts the program and returns when it listens.</summary>
    /// <param name="program">The path of ChatServer.dll, or of a server that is compiled ahead of time.</param>
    /// <exception cref="BenchmarkException">The server does not start.</exception>
    public ServerProcess(string program)
    {
        var start = program.EndsWith(".dll", StringComparison.Ordinal) ? new ProcessStartInfo("dotnet", [program, "0"]) : new ProcessStartInfo(program, ["0"]);
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;

        // Not cancelled: the signal still ends this process, after the server.
        _signals = [Register(PosixSignal.SIGTERM), Register(PosixSignal.SIGINT), Register(PosixSignal.SIGHUP)];

        // Read to its end: otherwise the full pipe would block the server.
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.BeginErrorReadLine();
        try
        {
            Address = new IPEndPoint(IPAddress.Loopback, AwaitPort());
        }
        catch
        {
            Dispose();
            throw;
        }

        PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, _ => Terminate());
    }

    public IPEndPoint Address { get; }

    public int Id => _process.Id;

    /// <summary>A colon and the last line that the server has logged after its start; empty if there is none.</summary>
    public string LastLine => _lastLine.Length == 0 ? "" : $": {_lastLine}";

    /// <summary>How the server ended, if it ended with an error; otherwise null.</summary>
    public string? Ending =>
        _process.HasExited && _process.ExitCode != 0 ? $"the server has ended with exit code {_process.ExitCode}{LastLine}" : null;

    /// <summary>Asks the server to end and waits for it.</summary>
    /// <exception cref="BenchmarkException">The server does not end in time.</exception>
    public void Stop()
    {
        Terminate();
        if (!_process.WaitForExit(StopLimit))
        {
            throw new BenchmarkException($"The server did not end within {StopLimit.TotalSeconds} s.");
        }
    }

    /// <summary>Kills the server if it is still running.</summary>
    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private int AwaitPort()
    {
        if (!_port.Task.Wait(StartLimit))
        {
            throw new BenchmarkException($"The server did not listen within {StartLimit.TotalSeconds} s{LastLine}");
        }

        const int Ended = 0;
        return _port.Task.Result is int port and not Ended
            ? port
            : throw new BenchmarkException($"The server did not start{LastLine}");
    }

    /// <summary>Handles a line of the server's log; null is the end of the log.</summary>
    private void Read(string? line)
    {
        if (line is null)
        {
            _port.TrySetResult(0);
            return;
        }

        if (PortPattern().Match(line) is not { Success: true } match)
        {
            _lastLine = line;
        }
        else
        {
            _port.TrySetResult(int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private void Terminate()
    {
        if (!_process.HasExited)
        {
            _ = LinuxCalls.Kill(_process.Id, LinuxCalls.Terminate);
        }
    }

    [GeneratedRegex(@"Listening on port (\d+)")]
    private static partial Regex PortPattern();
}
