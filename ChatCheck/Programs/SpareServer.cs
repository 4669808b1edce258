namespace ThreadedChat.ChatCheck.Programs;

/// <summary>A server that another thread starts while a case runs, so that the next case finds it listening.</summary>
internal sealed class SpareServer : IDisposable
{
    private readonly CancellationTokenSource _drop = new();
    private readonly Thread _thread;

    // Written by the thread; read once the thread has ended.
    private RunningServer? _server;

    /// <summary>Begins the start.</summary>
    public SpareServer(IProgramSource source, Wire.Timeouts timeouts)
    {
        _thread = new Thread(() => Start(source, timeouts)) { IsBackground = true, Name = "spare" };
        _thread.Start();
    }

    /// <summary>The server, which the caller owns from now on; null where it has not come to listen.</summary>
    public RunningServer? Take()
    {
        _thread.Join();
        RunningServer? server = _server;
        _server = null;
        return server;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _drop.Cancel();
        _thread.Join();
        _server?.Dispose();
        _drop.Dispose();
    }

    private void Start(IProgramSource source, Wire.Timeouts timeouts)
    {
        try
        {
            var server = new RunningServer(source, timeouts);
            if (server.Await(_drop.Token) == RunningServer.StartState.Listens)
            {
                _server = server;
            }
            else
            {
                server.Dispose();
            }
        }
        catch (CannotStartException)
        {
            // The next start, which is waited for, tells why.
        }
    }
}
