using System.Diagnostics;
using System.Text;
using ThreadedChat.ChatCheck.Programs;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>A program with pipes for its three streams. Killed, with its children, when it is disposed.</summary>
internal sealed class ChatProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _command;

    /// <summary>Starts <paramref name="program"/> in <paramref name="folder"/>.</summary>
    public ChatProcess(string program, string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _command = $"{Path.GetFileName(program)} {string.Join(' ', start.ArgumentList)}";
        _process = Process.Start(start)!;
        Output = new ProcessOutput(_process.StandardOutput.BaseStream, $"Standard output of '{_command}'");
        Error = new ProcessOutput(_process.StandardError.BaseStream, $"Standard error of '{_command}'");
    }

    public ProcessOutput Output { get; }

    public ProcessOutput Error { get; }

    public int Id => _process.Id;

    /// <summary>Its figures now.</summary>
    public ProcessFigures Figures => ProcessFigures.Of(_process);

    /// <summary>Types a line: <paramref name="line"/> and a newline go to standard input.</summary>
    public void Type(string line) => Pipe($"{line}\n");

    /// <summary>Puts <paramref name="text"/> into standard input as it is.</summary>
    public void Pipe(string text)
    {
        Stream input = _process.StandardInput.BaseStream;
        input.Write(Encoding.UTF8.GetBytes(text));
        input.Flush();
    }

    public void EndInput() => _process.StandardInput.Close();

    public void Interrupt() => Signal(PosixSignalNumber.Interrupt);

    public void Terminate() => Signal(PosixSignalNumber.Terminate);

    /// <summary>Ends it at once, as a machine that fails would.</summary>
    public void Kill() => Signal(PosixSignalNumber.Kill);

    /// <summary>Stops it for so long, as a paused container does; then it continues.</summary>
    public void Pause(TimeSpan time)
    {
        Signal(PosixSignalNumber.Stop);
        bool hasExited = HasExitedWithin(time);
        Signal(PosixSignalNumber.Continue);
        Assert.IsFalse(hasExited, $"'{_command}' has ended.");
    }

    /// <summary>True once it has ended, or does so within <paramref name="limit"/>.</summary>
    public bool HasExitedWithin(TimeSpan limit) => _process.WaitForExit(limit);

    /// <summary>Waits for its end; its exit code.</summary>
    public int AwaitExit() => AwaitExit(Limit.Wait);

    /// <inheritdoc cref="AwaitExit()"/>
    public int AwaitExit(TimeSpan limit)
    {
        Assert.IsTrue(
            _process.WaitForExit(limit),
            $"'{_command}' has not ended within {limit.TotalSeconds} s. Printed: '{Output.All}', on standard error: '{Error.All}'");
        return _process.ExitCode;
    }

    /// <summary>
    /// Waits for its end, and for that of its streams. It must have had this exit code, and have printed since the last look
    /// this and nothing else.
    /// </summary>
    public void MustExit(int code, string output = "", string error = "")
    {
        int exitCode = AwaitExit();
        Assert.AreEqual(output, Output.AwaitEnd(), $"Standard output of '{_command}'");
        Assert.AreEqual(error, Error.AwaitEnd(), $"Standard error of '{_command}'");
        Assert.AreEqual(code, exitCode, $"Exit code of '{_command}'");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Signal(PosixSignalNumber signal) =>
        Assert.AreEqual(0, SystemCalls.Signal(_process.Id, (int)signal), $"kill(2) of '{_command}'");

    /// <summary>What kill(2) takes: the first three are the same on all systems, the last two are Linux's.</summary>
    private enum PosixSignalNumber
    {
        Interrupt = 2,
        Kill = 9,
        Terminate = 15,
        Continue = 18,
        Stop = 19,
    }
}
