using System.Net.Sockets;
using ThreadedChat.ChatCheck.Programs;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>A program that is a thread of this process, with streams like a real one's.</summary>
internal sealed class DoubleProgram : IProgram
{
    private readonly object _gate = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly Queue<byte> _input = [];
    private readonly Action _stop;
    private bool _inputHasEnded;
    private int? _exitCode;

    /// <summary>Runs <paramref name="main"/>, which gets this and returns an exit code. <paramref name="stop"/> must make it return.</summary>
    public DoubleProgram(Func<DoubleProgram, int> main, Action stop)
    {
        _stop = stop;
        new Thread(() => Exit(Main(main))) { IsBackground = true, Name = "double" }.Start();
    }

    public bool IsTerminal => false;

    public ProgramOutput Output { get; } = new();

    public ProgramOutput Errors { get; } = new();

    public int? ProcessId => null;

    public int? ExitCode => _ended.IsSet ? _exitCode : null;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            foreach (byte value in bytes)
            {
                _input.Enqueue(value);
            }

            Monitor.PulseAll(_gate);
        }
    }

    public void EndInput()
    {
        lock (_gate)
        {
            _inputHasEnded = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The next line of the input without its newline; the rest at the end of input; then null.</summary>
    public byte[]? ReadLine()
    {
        lock (_gate)
        {
            while (!_input.Contains((byte)'\n') && !_inputHasEnded)
            {
                Monitor.Wait(_gate);
            }

            if (_input.Count == 0)
            {
                return null;
            }

            var line = new List<byte>();
            while (_input.TryDequeue(out byte value) && value != '\n')
            {
                line.Add(value);
            }

            return [.. line];
        }
    }

    public bool AwaitExit(TimeSpan limit) => _ended.Wait(limit);

    /// <summary>A double that is stopped loses its sockets, also in the middle of a call.</summary>
    private int Main(Func<DoubleProgram, int> main)
    {
        try
        {
            return main(this);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return 1;
        }
    }

    /// <summary>Ends it, as if its main had returned; its threads no longer matter.</summary>
    public void Exit(int code, string lastWords = "")
    {
        lock (_gate)
        {
            if (_ended.IsSet)
            {
                return;
            }

            _exitCode = code;
            Errors.Add(System.Text.Encoding.UTF8.GetBytes(lastWords));
            Output.End();
            Errors.End();
            _ended.Set();
        }
    }

    public void Dispose()
    {
        EndInput();
        _stop();
        Exit(137);
    }
}
