using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// Starts readers on a few threads of its own. To start a thread takes until that thread has run, which on a busy machine is long: the
/// accepting thread would wait for it, and behind it every client that connects.
/// </summary>
/// <param name="start">Starts the reader of a connection.</param>
/// <param name="faults">Catches and counts exceptions in the server's own code.</param>
internal sealed class ReaderStarter(Action<Connection> start, Faults faults) : IDisposable
{
    /// <summary>Connections that may wait here. For one more the accepting thread waits.</summary>
    internal const int MaxWaiting = 256;

    private const int ThreadCount = 3;

    /// <summary>Guards <see cref="_waiting"/> and <see cref="_isStopping"/>. A leaf. A monitor, since threads wait here, for a connection or for a place.</summary>
    private readonly object _gate = new();

    private readonly Queue<Connection> _waiting = new(MaxWaiting);
    private readonly List<Thread> _threads = [];
    private bool _isStopping;

    public void Start()
    {
        for (int i = 1; i <= ThreadCount; i++)
        {
            var thread = new Thread(Run) { Name = $"reader-start-{i}", IsBackground = true };
            thread.Start();
            _threads.Add(thread);
        }
    }

    /// <summary>Takes a connection over. Waits while too many wait already. The reader is started later, in the order of the calls.</summary>
    public void Enqueue(Connection connection)
    {
        lock (_gate)
        {
            while (_waiting.Count >= MaxWaiting)
            {
                Monitor.Wait(_gate);
            }

            _waiting.Enqueue(connection);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Returns when each connection that was handed over has a reader or is closed. No further one may be handed over.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopping = true;
            Monitor.PulseAll(_gate);
        }

        _threads.ForEach(thread => thread.Join());
    }

    private void Run()
    {
        Connection? next = null;
        Action startNext = () => start(next!); // made once: there may be no memory for it later
        while ((next = Take()) is not null)
        {
            faults.Guard("starting a reader", startNext);
        }
    }

    private Connection? Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_isStopping)
            {
                Monitor.Wait(_gate);
            }

            if (!_waiting.TryDequeue(out Connection? connection))
            {
                return null;
            }

            Monitor.PulseAll(_gate);
            return connection;
        }
    }
}
