using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// The thread that enforces the deadlines. Once a second it aborts each connection whose deadline has passed, makes idle
/// queues release memory, and closes rejected connections. Four times a second it checks the total of the memory.
/// </summary>
internal sealed class DeadlineSweeper(ConnectionRegistry registry, RejectedConnections rejected, Faults faults, MemoryWatch? memory = null, ChannelSweep? channels = null) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private const int TicksPerRound = 4;

    private readonly ManualResetEventSlim _stop = new(initialState: false, spinCount: 0);
    private readonly List<Connection> _connections = [];
    private Thread? _thread;

    public void Start()
    {
        _thread = new Thread(Run) { Name = "deadline-sweeper", IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Set();
        _thread?.Join();
        _stop.Dispose();
    }

    /// <summary>Aborts every connection whose deadline has passed. A fault with one connection does not stop the check of the others.</summary>
    internal void Round()
    {
        registry.CopyTo(_connections);
        foreach (Connection connection in _connections)
        {
            connection.Outbox.ReleaseUnused();
            CloseReason due = connection.Deadline.Check();
            if (due != CloseReason.None && !connection.HasUnreadInput)
            {
                CutOff(connection, due);
            }
        }

        _connections.Clear();
        if (channels is not null)
        {
            faults.Guard("removing empty channels", channels.Round);
        }

        faults.Guard("closing rejected connections", () => rejected.CloseExpired(all: false));
    }

    private void Run()
    {
        // Made once: there may be no memory for them later.
        Action? look = memory is null ? null : memory.Look;
        Action round = Round;
        for (int tick = 1; !_stop.Wait(Tick); tick++)
        {
            if (look is not null)
            {
                faults.Guard("checking memory", look);
            }

            if (tick % TicksPerRound == 0)
            {
                faults.Guard("checking deadlines", round);
            }
        }
    }

    // A method of its own: the object that the lambda needs is made only for a connection that is late.
    private void CutOff(Connection connection, CloseReason due) =>
        faults.Guard($"disconnecting connection {connection.Id}", () => connection.Abort(due));
}
