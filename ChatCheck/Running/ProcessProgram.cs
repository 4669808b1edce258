using System.ComponentModel;
using System.Diagnostics;
using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Running;

/// <summary>A program as a process, with pipes for its three streams, in a group of its own so that all it starts ends with it.</summary>
internal sealed class ProcessProgram : IProgram
{
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(5);

    // A session of its own makes a process group that can be ended as a whole. Without the tool (macOS) the
    // process and its descendants are ended one by one.
    private static readonly string? NewSession = ProgramFiles.Find("setsid");

    // Whoever runs the checker may have this set, and then programs pass here that fail elsewhere.
    private const string Unbuffered = "PYTHONUNBUFFERED";

    private readonly Process _process;
    private readonly bool _hasGroup = NewSession is not null;
    private bool _isDisposed;

    /// <summary>Starts a program.</summary>
    /// <exception cref="CannotStartException">The system does not start it.</exception>
    public ProcessProgram(string file, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(NewSession ?? file, NewSession is null ? arguments : [file, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove(Unbuffered);
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new CannotStartException(new Text($"'{file}' cannot be started: {e.Message}", $"'{file}' não pode ser iniciado: {e.Message}"));
        }

        RunningPrograms.Add(this);
        Collect(_process.StandardOutput.BaseStream, Output);
        Collect(_process.StandardError.BaseStream, Errors);
    }

    /// <inheritdoc/>
    public ProgramOutput Output { get; } = new();

    /// <inheritdoc/>
    public ProgramOutput Errors { get; } = new();

    /// <inheritdoc/>
    public int? ProcessId => _process.Id;

    /// <inheritdoc/>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Stream input = _process.StandardInput.BaseStream;
            input.Write(bytes);
            input.Flush();
        }
        catch (IOException)
        {
            // It has ended; whoever waits for what it does with its input will see that.
        }
    }

    /// <inheritdoc/>
    public void EndInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // As above.
        }
    }

    /// <inheritdoc/>
    public bool AwaitExit(TimeSpan limit)
    {
        long began = Stopwatch.GetTimestamp();
        return _process.WaitForExit(limit) && HasEnded(Output) && HasEnded(Errors);

        bool HasEnded(ProgramOutput output) =>
            output.Await(0, limit - Stopwatch.GetElapsedTime(began), (_, hasEnded) => hasEnded);
    }

    /// <summary>Ends it and all that it has started.</summary>
    public void Kill()
    {
        if (_hasGroup)
        {
            CLibrary.KillGroup(_process.Id);
        }
        else if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Kill();
        _process.WaitForExit(KillLimit);
        RunningPrograms.Remove(this);
        _process.Dispose();
    }

    private static void Collect(Stream stream, ProgramOutput output) =>
        new Thread(() => Read(stream, output)) { IsBackground = true, Name = "output" }.Start();

    private static void Read(Stream stream, ProgramOutput output)
    {
        var buffer = new byte[4096];
        try
        {
            for (int count; (count = stream.Read(buffer)) > 0;)
            {
                output.Add(buffer.AsSpan(0, count));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The program is no longer wanted.
        }

        output.End();
    }
}
