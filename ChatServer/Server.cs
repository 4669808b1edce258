using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Live;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatServer;

/// <summary>The chat server, put together. Takes a socket that listens already, so that its caller knows the port.</summary>
internal sealed class Server : IDisposable
{
    /// <summary>How long the disk may take for the remaining messages when the server stops.</summary>
    private static readonly TimeSpan HistoryLimit = TimeSpan.FromSeconds(3);

    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    private readonly Socket _listener;
    private readonly ServerOptions _options;
    private readonly ILogger _log;
    private readonly ServerClock _clock = new(TimeProvider.System);
    private readonly TimeProvider _time;
    private readonly ConnectionRegistry _registry;
    private readonly RejectedConnections _rejected;
    private readonly ChatHistory? _history;
    private readonly ChannelTable _channels;
    private readonly Writer _writer;
    private readonly DeadlineSweeper _sweeper;
    private readonly Admission _admission;
    private readonly ReaderStarter _starter;
    private readonly Acceptor _acceptor;
    private readonly Monitoring _monitoring;
    private bool _started;
    private bool _stopped;

    /// <summary>Puts the parts together; nothing runs before <see cref="Start"/>. The listener is the server's from now on.</summary>
    /// <exception cref="HistoryException">The file of the history cannot be used.</exception>
    public Server(Socket listener, ServerOptions options, ILogger log, TimeProvider? time = null, TraceWriter? trace = null)
    {
        _options = options;
        _log = log;
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;

        ConnectionLimit = MachineLimits.Decide(options.MaxConnections);

        _time = time ?? _clock;
        MemoryLimit = options.MemoryBytes is long bytes ? (bytes, "--memory") : MemoryBudget.Default();
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
            mayTakeReserved: exempt);
        _rejected = new RejectedConnections(options.DrainTimeout);
        _history = options.History is HistorySettings settings ? new ChatHistory(settings) : null;
        _channels = new ChannelTable(options.MaxChannels, options.Channels, options.MayCreate, _history, _history?.Channels);
        _writer = new Writer(Faults, memory, log);
        _sweeper = new DeadlineSweeper(
            _registry, _rejected, Faults, new MemoryWatch(_registry, memory, Faults, log), new ChannelSweep(_channels, options.ChannelTtl, _time));
        var names = new NameRegistry(options.UniqueNames || options.Extended, options.StrictNames);
        var chat = new LocalChat(_channels);
        var people = new People();
        var readers = new Readers(
            options.Extended
                ? new Dispatcher(chat, CommandTable.Extended(chat, people, _history, log), names, people)
                : new Dispatcher(chat, CommandTable.OfAssignment(chat, log), names),
            _writer,
            _registry,
            new PeerTimeouts(options.NameTimeout, options.FrameTimeout, options.DrainTimeout),
            Faults,
            new ClientLog(log, TimeProvider.System));
        _starter = new ReaderStarter(connection => _admission!.StartReader(connection), Faults);
        _admission = new Admission(
            _registry,
            _rejected,
            new ArrivalRate(options.AddressRate, options.AddressBurst, exempt, time ?? TimeProvider.System),
            (id, transport) => new Connection(id, transport, _writer, options.SendLimits, _time, trace, KeepFrames(options, trace)),
            readers.Start,
            keepsEnded: trace is not null,
            log,
            _starter.Enqueue);
        _monitoring = new Monitoring(
            new MonitoredParts(_registry, _admission, _writer, _channels, _history),
            options.Http,
            new ShownTexts(areShown: trace is not null, options.Channels),
            Faults,
            log);
        _listener = listener;
        _acceptor = new Acceptor(listener, socket => _admission.Admit(new PlainTransport(socket)), Faults, log);
    }

    /// <summary>The port it listens on.</summary>
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

    /// <summary>Starts the threads: from now on clients are served.</summary>
    public void Start()
    {
        TcpSettings.Apply(_listener, _options.SendBufferBytes, _options.KeepAliveSeconds, _options.UserTimeout);
        _clock.Start();
        _history?.Start(_log, Faults);
        _writer.Start();
        _sweeper.Start();
        _starter.Start();
        _acceptor.Start();
        _monitoring.Start();
        _started = true;
    }

    /// <summary>
    /// Stops in bounded time: accepts no more connections, sends the queued frames, ends each stream, and aborts
    /// the connections that the peers have not closed by <see cref="ServerOptions.DrainTimeout"/>.
    /// </summary>
    public void Stop()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        _monitoring.BeginStop();
        _acceptor.Dispose();
        _starter.Dispose();

        var connections = new List<Connection>();
        _registry.CopyTo(connections);
        int open = connections.Count;
        connections.ForEach(connection => connection.BeginGracefulClose(CloseReason.ServerStopping, _options.DrainTimeout));

        int cutOff = 0;
        if (!_registry.WaitUntilEmpty(_options.DrainTimeout, _time))
        {
            _registry.CopyTo(connections);
            cutOff = connections.Count;
            connections.ForEach(connection => connection.Abort(CloseReason.ServerStopping));
            _registry.WaitUntilEmpty(_options.DrainTimeout, _time);
        }

        _rejected.CloseExpired(all: true);
        _sweeper.Dispose();
        _writer.Dispose();
        _history?.End(HistoryLimit); // no client sends any more
        _monitoring.Dispose();
        _clock.Dispose();
        if (_started)
        {
            _log.Stopped(open, cutOff, _admission.Served, _admission.Rejected, Faults.Count);
        }
    }

    /// <summary>Stops, unless it has stopped, and frees everything.</summary>
    public void Dispose()
    {
        Stop();
        _channels.Dispose();
        _history?.Dispose();
    }

    /// <summary>The last frames are kept only where the live page can show them.</summary>
    private static RecentFrames? KeepFrames(ServerOptions options, TraceWriter? trace) =>
        options.Http is not null && trace is not null ? new RecentFrames(TimeProvider.System) : null;
}
