using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace ThreadedChat.ChatServer.Benchmarks;

/// <summary>A server of our own, in a process of its own, on a port that is free. It ends with this object, or with this process.</summary>
[SupportedOSPlatform("linux")]
internal sealed partial class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    /// <summary>More than the server gives its clients to say goodbye.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly TaskCompletionSource<int> _port = new();
    private readonly List<PosixSignalRegistration> _signals;
    private string _lastLine = "";

    /// <summary>Starts the program and returns when it listens.</summary>
    /// <param name="program">The path of ChatServer.dll.</param>
    /// <exception cref="BenchmarkException">It does not start.</exception>
    public ServerProcess(string program)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, "0"]) { RedirectStandardError = true })!;

        // Not cancelled: this process ends as it would, but it takes the server along.
        _signals = [Register(PosixSignal.SIGTERM), Register(PosixSignal.SIGINT), Register(PosixSignal.SIGHUP)];

        // Read to its end, or the server would in the end wait for somebody to read its log.
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

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>A colon and the last line it has logged since it listens; empty where there is none.</summary>
    public string LastWord => _lastLine.Length == 0 ? "" : $": {_lastLine}";

    /// <summary>How it has ended, in words, if it has and not well; else null.</summary>
    public string? Ending =>
        _process.HasExited && _process.ExitCode != 0 ? $"the server has ended with exit code {_process.ExitCode}{LastWord}" : null;

    /// <summary>Asks it to end and waits until it has.</summary>
    /// <exception cref="BenchmarkException">It does not.</exception>
    public void Stop()
    {
        Terminate();
        if (!_process.WaitForExit(StopLimit))
        {
            throw new BenchmarkException($"The server does not end within {StopLimit.TotalSeconds} s.");
        }
    }

    /// <summary>Kills it, if it was not stopped.</summary>
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
            throw new BenchmarkException($"The server does not listen after {StartLimit.TotalSeconds} s{LastWord}");
        }

        const int Ended = 0;
        return _port.Task.Result is int port and not Ended
            ? port
            : throw new BenchmarkException($"The server does not start{LastWord}");
    }

    /// <summary>Takes a line of the server's log; null is its end.</summary>
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
            _ = CLibrary.Kill(_process.Id, CLibrary.Terminate);
        }
    }

    [GeneratedRegex(@"Listening on port (\d+)")]
    private static partial Regex PortPattern();
}
