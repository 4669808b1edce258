using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using ThreadedChat.ChatCheck.Terminals;
using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>A program as a process, in a group of its own, so that all processes that it starts end with it.</summary>
internal sealed class ProcessProgram : IProgram
{
    private const byte EndOfInput = 4; // Ctrl-D

    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(5);

    /// <summary>The pause between two checks whether a program has ended while another process has its terminal open.</summary>
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(100);

    private readonly PseudoTerminal? _terminal;
    private readonly TerminalScreen? _answering;
    private Process _process = null!; // set by the constructor
    private PrivateFolder _folder = null!; // the same
    private volatile bool _isDisposed;

    /// <summary>Starts a program.</summary>
    /// <exception cref="CannotStartException">The system does not start it.</exception>
    public ProcessProgram(string file, IReadOnlyList<string> arguments, ProgramStreams streams = ProgramStreams.Pipes)
    {
        _terminal = streams == ProgramStreams.Pipes ? null : PseudoTerminal.TryOpen();
        RunningPrograms.Start(() => Start(file, ProgramStart.Of([file, .. arguments], streams, _terminal?.Path)));
        if (_terminal is not null)
        {
            _process.StandardInput.Close();
            _answering = new TerminalScreen(answer: text => _terminal.Write(Encoding.UTF8.GetBytes(text)));
            new Thread(ReadTerminal) { IsBackground = true, Name = "output" }.Start();
        }
        else
        {
            Output.Collect(_process.StandardOutput.BaseStream);
        }

        Errors.Collect(_process.StandardError.BaseStream);
    }

    /// <inheritdoc/>
    public bool IsTerminal => _terminal is not null;

    /// <summary>The path of its terminal; null if it has none.</summary>
    public string? TerminalPath => _terminal?.Path;

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
        if (_terminal is not null)
        {
            _terminal.Write(bytes);
            return;
        }

        try
        {
            Stream input = _process.StandardInput.BaseStream;
            input.Write(bytes);
            input.Flush();
        }
        catch (IOException)
        {
            // It has ended; the caller that waits for its reaction notices that.
        }
    }

    /// <inheritdoc/>
    public void EndInput()
    {
        if (_terminal is not null)
        {
            _terminal.Write([EndOfInput]);
            return;
        }

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

    /// <summary>Ends it and all that it has started, and removes its temporary files.</summary>
    public void Kill()
    {
        if (ProgramStart.HasSession && !OperatingSystem.IsWindows())
        {
            SystemCalls.KillGroup(_process.Id);
        }
        else if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit(KillLimit);
        _folder.Dispose();
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
        _terminal?.Dispose();
        RunningPrograms.Remove(this);
        _process.Dispose();
    }

    private void Start(string file, ProcessStartInfo start)
    {
        try
        {
            _folder = new PrivateFolder();
            ProgramEnvironment.Prepare(start.Environment, _folder.Path, hasTerminal: _terminal is not null);
            _process = Process.Start(start)!;
            RunningPrograms.Add(this);
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException)
        {
            _terminal?.Dispose();
            _folder?.Dispose();
            throw new CannotStartException(new Text($"'{file}' cannot be started: {e.Message}", $"'{file}' não pode ser iniciado: {e.Message}"));
        }
    }

    /// <summary>
    /// Reads until no program has the terminal open, or this one has ended and nothing more comes: others that it has left
    /// behind may keep it open.
    /// </summary>
    private void ReadTerminal()
    {
        var buffer = new byte[4096];
        bool hasBegun = false;
        try
        {
            while (!_isDisposed)
            {
                bool hasExited = _process.HasExited; // before the look: what it printed before its end is seen by that
                int count = _terminal!.Read(buffer, LookPause);
                if (count > 0)
                {
                    hasBegun = true;
                    Output.Add(buffer.AsSpan(0, count));
                    _answering!.Write(buffer.AsSpan(0, count));
                }
                else if (hasExited || (count < 0 && hasBegun))
                {
                    break;
                }
                else if (count < 0)
                {
                    _process.WaitForExit(LookPause); // it has not opened its terminal yet, on some systems
                }
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException)
        {
            // The case has ended, and so has the program.
        }

        Output.End();
    }
}
