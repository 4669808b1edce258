using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Live;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Metrics;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatServer;

/// <summary>The chat server, put together. Takes sockets that listen already, so that its caller knows the port.</summary>
internal sealed class Server : IDisposable
{
    /// <summary>How long the disk may take for the remaining messages when the server stops.</summary>
    private static readonly TimeSpan HistoryLimit = TimeSpan.FromSeconds(3);

    /// <summary>How long readers may serve what had arrived when the server stops; with a short drain timeout, half of that.</summary>
    private static readonly TimeSpan LongestLastInput = TimeSpan.FromSeconds(1);

    /// <summary>How long readers may take that no longer wait for the log of the cluster.</summary>
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(1);

    private const int LeastWaitingHandshakes = 64;

    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    private readonly IReadOnlyList<Listener> _listeners;
    private readonly ServerOptions _options;
    private readonly ILogger _log;
    private readonly ServerClock _clock = new(TimeProvider.System);
    private readonly TimeProvider _time;
    private readonly ConnectionRegistry _registry;
    private readonly RejectedConnections _rejected;
    private readonly ChatHistory? _history;
    private readonly ChannelTable _channels;
    private readonly ClusterChat? _cluster;
    private readonly Writer _writer;
    private readonly DeadlineSweeper _sweeper;
    private readonly Admission _admission;
    private readonly ReaderStarter _starter;
    private readonly Handshakes _handshakes;
    private readonly Acceptor[] _acceptors;
    private readonly Monitoring _monitoring;
    private bool _started;
    private bool _stopped;

    /// <summary>A server on one socket, without TLS.</summary>
    public Server(Socket listener, ServerOptions options, ILogger log, TimeProvider? time = null, TraceWriter? trace = null)
        : this([new Listener(listener, "")], options, log, time, trace)
    {
    }

    /// <summary>Puts the parts together; nothing runs before <see cref="Start"/>. The listeners are the server's from now on.</summary>
    /// <exception cref="HistoryException">The file of the history cannot be used.</exception>
    /// <exception cref="UnusableFileException">A file of the accounts or of moderation cannot be used.</exception>
    public Server(
        IReadOnlyList<Listener> listeners,
        ServerOptions options,
        ILogger log,
        TimeProvider? time = null,
        TraceWriter? trace = null,
        TlsIdentity? identity = null)
    {
        _options = options;
        _log = log;
        _listeners = listeners;
        Port = listeners.Select(listener => listener.Socket.LocalEndPoint).OfType<IPEndPoint>().FirstOrDefault()?.Port ?? 0;

        var limits = ServerLimits.Decide(options);
        ConnectionLimit = limits.Connections;
        MemoryLimit = limits.Memory;
        _time = time ?? _clock;
        var memory = MemoryBudget.OfThisProcess(MemoryLimit.Bytes, options.SendBufferBytes);
        Faults = new Faults(log);
        var trusted = new TrustedNetworks(options.Trusted);
        TrustedNetworks exempt = options.TrustLoopback ? new TrustedNetworks([.. options.Trusted, .. Loopback]) : trusted;
        _registry = new ConnectionRegistry(
            ConnectionLimit.Connections,
            options.MaxPerAddress == 0 ? int.MaxValue : options.MaxPerAddress,
            ConnectionLimit.Reason,
            options.ReservedPlaces ?? ConnectionRegistry.ReservedOf(ConnectionLimit.Connections),
            trusted,
            mayTakeReserved: exempt,
            limits.Unknown);
        _rejected = new RejectedConnections(options.DrainTimeout);
        _history = options.History is HistorySettings settings ? new ChatHistory(settings) : null;
        _channels = options.Cluster is null
            ? new ChannelTable(options.MaxChannels, options.Channels, options.MayCreate, _history, _history?.Channels)
            : new ChannelTable(options.MaxChannels); // stays empty
        _writer = new Writer(Faults, memory, log);
        _sweeper = new DeadlineSweeper(
            _registry,
            _rejected,
            Faults,
            new MemoryWatch(_registry, memory, Faults, log, address => Guard!.Addresses.Show(address)),
            new ChannelSweep(_channels, options.ChannelTtl, _time));
        var people = new People();
        _cluster = ClusterParts.Make(options, people, _history, _writer.Wake, CloseClients, Faults, log);
        Guard = new ServerGuard(
            options,
            new ChatParts(_cluster ?? (IChat)new LocalChat(_channels), people, _cluster ?? (IDirectMessages)people, _history),
            exempt,
            _writer.Wake,
            Faults,
            _time,
            log);
        var clientLog = new ClientLog(log, TimeProvider.System, Guard.Addresses);
        var timeouts = new PeerTimeouts(options.NameTimeout, options.FrameTimeout, options.DrainTimeout);
        var readers = new Readers(
            Guard.Dispatcher,
            Guard.Entrance,
            _writer,
            _registry,
            _rejected,
            timeouts,
            new Opening(connection => _admission!.CheckAddress(connection), timeouts, clientLog),
            Faults,
            clientLog);
        _starter = new ReaderStarter(connection => _admission!.StartReader(connection), Faults);
        _admission = new Admission(
            _registry,
            _rejected,
            new ArrivalRate(options.AddressRate, options.AddressBurst, exempt, time ?? TimeProvider.System),
            (id, transport) => new Connection(
                id, transport, _writer, options.SendLimits, _time, trace, KeepFrames(options, trace), hasAccounts: options.Accounts is not null),
            readers.Start,
            keepsEnded: trace is not null,
            log,
            _starter.Enqueue,
            Guard.Entrance,
            Guard.Addresses);
        _monitoring = new Monitoring(
            new MonitoredParts(_registry, _admission, _writer, options.SendLimits.SoftBytes, _cluster ?? (IChannelView)_channels, _history, _cluster),
            options.Http,
            new ShownTexts(areShown: trace is not null, options.Channels),
            Faults,
            log);
        _handshakes = new Handshakes(Environment.ProcessorCount, Math.Max(LeastWaitingHandshakes, ConnectionLimit.Connections / 4));
        TlsInstruments.Add(_monitoring.Meter, _handshakes);
        _acceptors = [.. listeners.Select(listener => new Acceptor(listener.Socket, socket => _admission.Admit(CreateTransport(listener, socket, identity)), Faults, log, listener.IsShared))];
    }

    /// <summary>The first port that the server listens on; 0 if there is none.</summary>
    public int Port { get; }

    /// <summary>The limit of clients, and what decided it.</summary>
    public (int Connections, string Reason) ConnectionLimit { get; }

    /// <summary>The memory for queued frames, and what decided it.</summary>
    public (long Bytes, string Reason) MemoryLimit { get; }

    /// <summary>How many clients are connected.</summary>
    public int ConnectionCount => _registry.Count;

    /// <summary>What can be seen of it from outside.</summary>
    public Monitoring Monitoring => _monitoring;

    /// <summary>Exceptions in the server's own code, caught so that the process continues.</summary>
    public Faults Faults { get; }

    /// <summary>Accounts, bans and moderation.</summary>
    public ServerGuard Guard { get; }

    /// <summary>Starts the threads: from now on clients are served.</summary>
    /// <param name="stop">Ends the wait for the chat of several servers.</param>
    /// <exception cref="EngineException">That chat cannot be joined, or the wait was ended.</exception>
    public void Start(CancellationToken stop = default)
    {
        foreach (Listener listener in _listeners.Where(listener => listener.Socket.AddressFamily != AddressFamily.Unix))
        {
            TcpSettings.Apply(listener.Socket, _options.SendBufferBytes, _options.KeepAliveSeconds, _options.UserTimeout);
        }

        _clock.Start();
        _history?.Start(_log, Faults);
        _writer.Start();
        Guard.StartBans();
        _cluster?.Start(stop); // before the first client
        _sweeper.Start();
        _starter.Start();
        Guard.Start();
        Array.ForEach(_acceptors, acceptor => acceptor.Start());
        _monitoring.Start();
        _started = true;
    }

    /// <summary>Logs what there is to say about the cluster, with <c>--cluster</c>.</summary>
    public void LogClusterState() => _cluster?.LogMembership();

    /// <summary>
    /// Stops in bounded time: accepts no more connections, serves what the clients have sent so far, sends the queued frames, ends each stream,
    /// and aborts the connections that are still open after <see cref="ServerOptions.DrainTimeout"/>.
    /// </summary>
    public void Stop()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        _monitoring.BeginStop();
        _cluster?.BeginStop();
        Array.ForEach(_acceptors, acceptor => acceptor.Dispose());
        _starter.Dispose();
        Guard.StopControl();

        var connections = new List<Connection>();
        _registry.CopyTo(connections);
        int open = connections.Count;
        TimeSpan half = _options.DrainTimeout / 2;
        try
        {
            _registry.LastInput.Await(connections, half < LongestLastInput ? half : LongestLastInput, _time);
            connections.ForEach(connection => connection.BeginGracefulClose(CloseReason.ServerStopping, _options.DrainTimeout));
        }
        finally
        {
            _registry.LastInput.Release();
        }

        int aborted = 0;
        if (!_registry.WaitUntilEmpty(_options.DrainTimeout, _time))
        {
            _registry.CopyTo(connections);
            aborted = connections.Count;
            connections.ForEach(connection => connection.Abort(CloseReason.ServerStopping));
            _cluster?.ReleaseIfUnreachable();
            if (!_registry.WaitUntilEmpty(_options.DrainTimeout, _time) && _cluster is not null)
            {
                // Before the readers are released: from then on this server adds nothing to the log.
                _cluster.AnnounceStop();
                _cluster.Release();
                _registry.WaitUntilEmpty(ReleaseLimit, _time);
            }
        }

        _cluster?.AnnounceStop();
        _cluster?.Dispose();
        _rejected.CloseExpired(all: true);
        _sweeper.Dispose();
        _writer.Dispose();
        _history?.End(HistoryLimit); // no client sends any more
        Guard.Dispose(); // no operator and no other server causes an action any more; after the history, which has a limit of its own
        _monitoring.Dispose();
        _clock.Dispose();
        if (_started)
        {
            _log.Stopped(open, aborted, _admission.Served, _admission.Rejected, Faults.Count);
        }
    }

    /// <summary>For the cluster: it is unknown which messages of the clients have arrived, so the server closes all connections.</summary>
    private void CloseClients()
    {
        byte[] text = Frame.Encode(ProtocolText.ChatUnreachable);
        var connections = new List<Connection>();
        _registry.CopyTo(connections);
        foreach (Connection connection in connections)
        {
            connection.Outbox.Append(text);
            connection.BeginGracefulClose(CloseReason.ChatUnreachable, _options.DrainTimeout);
        }
    }

    /// <summary>Stops, unless it has stopped, and frees everything.</summary>
    public void Dispose()
    {
        Stop();
        _channels.Dispose();
        _history?.Dispose();
    }

    private SocketTransport CreateTransport(Listener listener, Socket socket, TlsIdentity? identity)
    {
        bool isProxy = _options.Listen.IsProxy(PeerEndPoint.Of(socket)?.Address);
        return listener.IsSecure && identity is not null ? new TlsTransport(socket, isProxy, identity, _handshakes) : new PlainTransport(socket, isProxy);
    }

    /// <summary>The last frames are kept only if the live page can show them.</summary>
    private static RecentFrames? KeepFrames(ServerOptions options, TraceWriter? trace) =>
        options.Http is not null && trace is not null ? new RecentFrames(TimeProvider.System, hidesToken: options.Accounts is not null) : null;
}
