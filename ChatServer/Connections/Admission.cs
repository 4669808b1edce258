using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// Decides about each accepted connection: counts it, starts its reader, or rejects it. It never sends to a client itself.
/// Each method may be called by any thread.
/// </summary>
/// <param name="registry">Counts the open connections.</param>
/// <param name="rejected">Takes over the connections that are rejected.</param>
/// <param name="arrivals">Limits how often an address connects.</param>
/// <param name="connect">Makes the connection with a given number.</param>
/// <param name="startReader">Starts the thread that serves a connection.</param>
/// <param name="keepsEnded">True if a connection that the peer has ended already is served like any other: with a trace, which shows it.</param>
/// <param name="log">Gets a line for each admission and rejection.</param>
/// <param name="schedule">Calls <see cref="StartReader"/>, perhaps later and on another thread; null: it is called directly.</param>
/// <param name="entrance">Knows who is banned; null if nobody is.</param>
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
    private static readonly Rejection TooOften = new(IsServerFull: false, RejectionReason.AddressRate, "too many in a short time (--address-rate)");

    private readonly AddressDisplay _addresses = addresses ?? new AddressDisplay();
    private long _lastId;
    private long _served;
    private readonly long[] _rejected = new long[Enum.GetValues<RejectionReason>().Length];
    private long _accepted;

    /// <summary>How many connections got a reader. Exact once accepting has stopped.</summary>
    public long Served => Interlocked.Read(ref _served);

    /// <summary>How many connections were rejected. Exact once accepting has stopped.</summary>
    public long Rejected => RejectedByReason.Sum();

    /// <summary>The same by <see cref="RejectionReason"/>.</summary>
    public IReadOnlyList<long> RejectedByReason => [.. Enumerable.Range(0, _rejected.Length).Select(reason => Interlocked.Read(ref _rejected[reason]))];

    /// <summary>How many connections were accepted, also those that were then rejected.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Takes over a transport. If this throws, only the transport is left, which the caller closes.</summary>
    public void Admit(ITransport transport)
    {
        Interlocked.Increment(ref _accepted);
        // A client that connects and leaves in a loop must not cost a thread each time: others would wait long behind it.
        if (!keepsEnded && transport.IsOver)
        {
            UnreadInput.Drain(transport); // a part of a frame may be left
            transport.Dispose();
            return;
        }

        Connection connection = connect(Interlocked.Increment(ref _lastId), transport);
        bool isTakenOver = false;
        try
        {
            if (!connection.IsAddressKnown)
            {
                connection.ReadAddressNow(); // mostly a proxy has told it already
            }

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

    /// <summary>Starts the reader of a connection that was admitted. If that fails, the connection is freed.</summary>
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
        }
        finally
        {
            if (!isTakenOver)
            {
                Free(connection);
            }
        }
    }

    /// <summary>
    /// Decides about an admitted connection whose address was not known before, since it comes through a proxy. Null if it may stay.
    /// </summary>
    public Rejection? CheckAddress(Connection connection)
    {
        if (MayCome(connection, out Rejection? rejection) && registry.TryCount(connection, out rejection))
        {
            return null;
        }

        Interlocked.Increment(ref _rejected[(int)rejection!.Reason]);
        log.Rejected(connection.Id, _addresses.Show(connection.Address), rejection.Why);
        return rejection;
    }

    /// <summary>False for an address that connects too often, or is banned. In this order: there may be many bans, and the accepting thread looks at all.</summary>
    private bool MayCome(Connection connection, out Rejection? rejection)
    {
        rejection = arrivals.Allows(connection.Address) ? entrance?.Rejects(connection.Address) : TooOften;
        return rejection is null;
    }

    private void Decide(Connection connection)
    {
        bool isIn = connection.IsAddressKnown
            ? MayCome(connection, out Rejection? rejection) && registry.TryAdd(connection, out rejection)
            : TryAwaitAddress(connection, out rejection);
        if (!isIn)
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

    private bool TryAwaitAddress(Connection connection, out Rejection? rejection)
    {
        rejection = registry.AwaitAddress(connection, out Connection? longest);
        longest?.Abort(CloseReason.HandshakeFailed);
        return rejection is null;
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
            Reject(connection, new Rejection(IsServerFull: true, RejectionReason.Threads, $"the machine has no more threads ({e.Message})"));
        }
    }

    private void Reject(Connection connection, Rejection rejection)
    {
        Interlocked.Increment(ref _rejected[(int)rejection.Reason]);
        log.Rejected(connection.Id, _addresses.Show(connection.Address), rejection.Why);
        rejected.Reject(connection, rejection);
    }

    private void Free(Connection connection)
    {
        registry.Remove(connection);
        connection.DisposeDrained();
    }
}
