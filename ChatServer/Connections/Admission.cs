using Microsoft.Extensions.Logging;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// Decides about each accepted connection: counts it, starts its reader, or rejects it. It never sends to a client itself.
/// <see cref="Admit"/> is called by the accepting thread only, <see cref="StartReader"/> by any.
/// </summary>
/// <param name="registry">Counts the open connections.</param>
/// <param name="rejected">Takes over the connections that are rejected.</param>
/// <param name="arrivals">Limits how often an address connects.</param>
/// <param name="connect">Makes the connection with a given number.</param>
/// <param name="startReader">Starts the thread that serves a connection.</param>
/// <param name="keepsEnded">True where a connection that the peer has ended already is served like any other: with a trace, which shows it.</param>
/// <param name="log">Where admissions and rejections are noted.</param>
/// <param name="schedule">Has <see cref="StartReader"/> called, now or later; without it, now.</param>
/// <param name="entrance">Knows who is banned; null where nobody is.</param>
/// <param name="addresses">Shows addresses in the log.</param>
internal sealed class Admission(
    ConnectionRegistry registry,
    RejectedConnections rejected,
    ArrivalRate arrivals,
    Func<long, ITransport, Connection> connect,
    Action<Connection> startReader,
    bool keepsEnded,
    ILogger log,
    Action<Connection>? schedule = null,
    IEntrance? entrance = null,
    AddressDisplay? addresses = null)
{
    private readonly AddressDisplay _addresses = addresses ?? new AddressDisplay();
    private long _lastId; // the accepting thread's own
    private long _served;
    private long _rejected;

    /// <summary>How many connections got a reader. Exact once accepting has stopped.</summary>
    public long Served => Interlocked.Read(ref _served);

    /// <summary>How many connections were rejected. Exact once accepting has stopped.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Takes over a transport. Where this throws, nothing of the connection is left but the transport, which the caller closes.</summary>
    public void Admit(ITransport transport)
    {
        // A client that connects and leaves in a loop must not cost a thread each time: others would wait long behind it.
        if (!keepsEnded && transport.IsOver)
        {
            // A part of a frame may be left. A close with unread input would be a reset, and the peer has ended in order.
            Span<byte> rest = stackalloc byte[Frame.Size];
            _ = transport.ReceiveNow(rest);
            transport.Dispose();
            return;
        }

        Connection connection = connect(_lastId + 1, transport);
        _lastId++;
        bool isTakenOver = false;
        try
        {
            Decide(connection);
            isTakenOver = true;
        }
        finally
        {
            if (!isTakenOver)
            {
                Free(connection);
            }
        }
    }

    /// <summary>Starts the reader of a connection that was admitted. Where that fails, nothing of the connection is left.</summary>
    public void StartReader(Connection connection)
    {
        bool isTakenOver = false;
        try
        {
            // It may have left while it waited here.
            if (keepsEnded || !connection.IsOver)
            {
                StartOrReject(connection);
                isTakenOver = true;
            }
            else
            {
                connection.DrainInput();
            }
        }
        finally
        {
            if (!isTakenOver)
            {
                Free(connection);
            }
        }
    }

    private void Decide(Connection connection)
    {
        Rejection? rejection = new(IsServerFull: false, "too many in a short time (--address-rate)");
        if (entrance?.Refuses(connection.Address) is Rejection ban)
        {
            Reject(connection, ban);
        }
        else if (!arrivals.Allows(connection.Address) || !registry.TryAdd(connection, out rejection))
        {
            Reject(connection, rejection!);
        }
        else
        {
            log.Accepted(connection.Id, _addresses.Show(connection.Address));
            if (schedule is null)
            {
                StartReader(connection);
            }
            else
            {
                schedule(connection);
            }
        }
    }

    private void StartOrReject(Connection connection)
    {
        try
        {
            startReader(connection);
            Interlocked.Increment(ref _served);
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            // The machine has no more threads: only this client is rejected.
            registry.Remove(connection);
            Reject(connection, new Rejection(IsServerFull: true, $"the machine has no more threads ({e.Message})"));
        }
    }

    private void Reject(Connection connection, Rejection rejection)
    {
        Interlocked.Increment(ref _rejected);
        log.Refused(connection.Id, _addresses.Show(connection.Address), rejection.Why);
        rejected.Reject(connection, rejection);
    }

    private void Free(Connection connection)
    {
        registry.Remove(connection);
        connection.Dispose();
    }
}
