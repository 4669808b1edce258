using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>A server that is started here, on a free port of this machine.</summary>
internal sealed class StartedServer(IProgramSource source, Timeouts timeouts) : IServerHost
{
    private const int MostTries = 3;

    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(10);

    // So long only a listener that is the program's own counts.
    private static readonly TimeSpan OwnOnly = TimeSpan.FromSeconds(1);

    private static readonly IPAddress[] Loopbacks = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    private int _port;
    private IReadOnlyList<IPAddress> _addresses = [];

    // Only where the system has no list of listeners. The connection that showed that the server listens is not thrown away:
    // to a server it is a client like any other, and the first client of part 0 would be one that says nothing.
    private Socket? _first;

    private TimeSpan _quickestStart = TimeSpan.MaxValue;

    /// <inheritdoc/>
    public int StartCount { get; private set; }

    /// <inheritdoc/>
    public bool CanRenew => true;

    /// <inheritdoc/>
    public bool StartsQuickly => _quickestStart < timeouts.QuickStart;

    /// <inheritdoc/>
    public bool HasEnded => Program is { ExitCode: not null };

    /// <summary>The program; null until it is started.</summary>
    public IProgram? Program { get; private set; }

    /// <inheritdoc/>
    public void Renew()
    {
        _first?.Dispose();
        _first = null;
        Program?.Dispose();
        Program = null;
    }

    /// <inheritdoc/>
    public void EnsureStarted()
    {
        if (Program is null)
        {
            Start();
        }
    }

    /// <inheritdoc/>
    public Socket Connect(int? receiveBuffer = null)
    {
        EnsureStarted();
        if (receiveBuffer is null && _first is Socket first)
        {
            _first = null;
            return first;
        }

        return Open(receiveBuffer);
    }

    /// <inheritdoc/>
    public Text? Ending(TimeSpan limit) => Program is null ? null : ProgramEnding.Of(Program, limit);

    /// <inheritdoc/>
    public void Dispose() => Renew();

    private void Start()
    {
        // Somebody else may take the port between its choice and the start: then one more try. A program that was started
        // before gets more of them: what hinders it now is the machine.
        int tries = StartCount == 0 ? MostTries - 1 : MostTries;
        for (int i = 1; !TryStart(isLast: i == tries); i++)
        {
            if (i == tries)
            {
                Text why = new("The server does not listen.", "O servidor não aceita conexões.");
                why = Ending(TimeSpan.Zero) is Text ending ? why.And(ending) : why;
                Renew();
                throw new CannotStartException(why);
            }
        }

        StartCount++;
    }

    /// <summary>Starts it and waits until it listens; false where it ended before that, or where it is too slow for once.</summary>
    private bool TryStart(bool isLast)
    {
        Renew();
        _port = FreePort.Next();
        Program = source.Start(new ProgramArguments(_port));
        var listening = new Listening(Program, _port);
        long began = Stopwatch.GetTimestamp();
        while (!Listens(listening, Stopwatch.GetElapsedTime(began) > OwnOnly))
        {
            if (Program.AwaitExit(LookPause))
            {
                return false;
            }

            if (Stopwatch.GetElapsedTime(began) > timeouts.Start)
            {
                return StartCount > 0 && !isLast ? false : throw DoesNotListen(listening);
            }
        }

        TimeSpan took = Stopwatch.GetElapsedTime(began);
        _quickestStart = took < _quickestStart ? took : _quickestStart;
        return true;
    }

    private bool Listens(Listening listening, bool acceptStrangers)
    {
        if (TcpTable.Exists)
        {
            _addresses = listening.Addresses(acceptStrangers);
            return _addresses.Count > 0;
        }

        _addresses = Loopbacks;
        try
        {
            _first = Open(receiveBuffer: null);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Connects at the first address that takes it; that one is used from then on.</summary>
    private Socket Open(int? receiveBuffer)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                Socket socket = Connections.Open(new IPEndPoint(_addresses[i], _port), receiveBuffer);
                _addresses = [_addresses[i]];
                return socket;
            }
            catch (SocketException) when (i + 1 < _addresses.Count)
            {
                // The next.
            }
        }
    }

    private CannotStartException DoesNotListen(Listening listening)
    {
        string port = Findings.Number(_port), limit = Findings.Seconds(timeouts.Start);
        Text why = new Text(
            $"The server does not listen on port {port} within {limit} s.",
            $"O servidor não aceita conexões na porta {port} em {limit} s.").And(Findings.StartLimit(timeouts.Start));
        why = listening.Elsewhere() is Text elsewhere ? why.And(elsewhere) : why;
        why = ProgramEnding.LastWords(Program!) is Text words ? why.And(words) : why;
        Renew();
        return new CannotStartException(why);
    }
}
