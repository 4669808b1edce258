using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>A server that starts while a case runs, so that the next case finds it ready.</summary>
internal sealed class SpareServer : IDisposable
{
    private readonly CancellationTokenSource _drop = new();
    private readonly Thread _thread;
    private readonly RunningServer _server;

    // Written by the thread; read once the thread has ended.
    private RunningServer.StartState _state;
    private bool _isTaken;

    /// <summary>
    /// Starts it on the thread of the caller, and waits on another one: where a program is to end with its parent, the system
    /// means the thread that has started it.
    /// </summary>
    /// <exception cref="CannotStartException">The system does not start it.</exception>
    public SpareServer(IProgramSource source, Timeouts timeouts)
    {
        _server = new RunningServer(source, timeouts);
        _thread = new Thread(() => _state = _server.Await(_drop.Token)) { IsBackground = true, Name = "spare" };
        _thread.Start();
    }

    /// <summary>The server, which the caller owns from now on; null if it has not come to listen, or has ended.</summary>
    public RunningServer? Take()
    {
        _thread.Join();
        _isTaken = _state == RunningServer.StartState.Listens && _server.Program.ExitCode is null;
        return _isTaken ? _server : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _drop.Cancel();
        _thread.Join();
        if (!_isTaken)
        {
            _server.Dispose();
        }

        _drop.Dispose();
    }
}
