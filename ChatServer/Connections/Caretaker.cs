using Microsoft.Extensions.Logging;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>The thread that holds everybody to the deadlines. Once a second it looks at each connection; all it ever does is close.</summary>
internal sealed class Caretaker(ConnectionRegistry registry, Refusals refusals, ILogger log) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim _stop = new();
    private readonly List<Connection> _connections = [];
    private Thread? _thread;

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        _thread = new Thread(Run) { Name = "caretaker", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Stops the thread.</summary>
    public void Dispose()
    {
        _stop.Set();
        _thread?.Join();
        _stop.Dispose();
    }

    /// <summary>Cuts off every connection whose deadline has passed.</summary>
    internal void Round()
    {
        registry.CopyTo(_connections);
        foreach (Connection connection in _connections)
        {
            CloseReason due = connection.Deadline.Check();
            if (due != CloseReason.None)
            {
                connection.Abort(due);
            }
        }

        _connections.Clear();
        refusals.Reap(all: false);
    }

    private void Run()
    {
        while (!_stop.Wait(Tick))
        {
            try
            {
                Round();
            }
#pragma warning disable CA1031 // The thread must live as long as the server.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                log.CaretakerFault(fault);
            }
        }
    }
}
