using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>One start of a server: the program, the port in its arguments, and the address on which it listens.</summary>
internal sealed class RunningServer : IDisposable
{
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(10);

    // So long only a listener that is the program's own counts.
    private static readonly TimeSpan OwnOnly = TimeSpan.FromSeconds(1);

    private static readonly IPAddress[] Loopbacks = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    private readonly int _port = FreePort.Next();
    private readonly Timeouts _timeouts;
    private IReadOnlyList<IPAddress> _addresses = [];

    // Only if the system has no list of listeners. The connection that showed that the server listens is not thrown away:
    // to a server it is a client like any other, and the first client of part 0 would be one that says nothing.
    private Socket? _first;

    /// <summary>Starts the program.</summary>
    /// <exception cref="CannotStartException">The system does not start it.</exception>
    public RunningServer(IProgramSource source, Timeouts timeouts)
    {
        _timeouts = timeouts;
        Program = source.Start(new ProgramArguments(_port));
    }

    /// <summary>How a start ended.</summary>
    internal enum StartState
    {
        /// <summary>It listens.</summary>
        Listens,

        /// <summary>It has ended before that.</summary>
        HasEnded,

        /// <summary>It runs, and does not listen within the limit.</summary>
        IsSilent,

        /// <summary>The wait was broken off.</summary>
        IsDropped,
    }

    public IProgram Program { get; }

    /// <summary>How long it took until it listened.</summary>
    public TimeSpan StartTime { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Waits until the server listens.</summary>
    public StartState Await(CancellationToken drop = default)
    {
        var listening = new Listening(Program, _port);
        long began = Stopwatch.GetTimestamp();
        while (!Listens(listening, Stopwatch.GetElapsedTime(began) > OwnOnly))
        {
            if (Program.AwaitExit(LookPause))
            {
                return StartState.HasEnded;
            }

            if (Stopwatch.GetElapsedTime(began) > _timeouts.Start)
            {
                return StartState.IsSilent;
            }

            if (drop.IsCancellationRequested)
            {
                return StartState.IsDropped;
            }
        }

        StartTime = Stopwatch.GetElapsedTime(began);
        return StartState.Listens;
    }

    /// <summary>Connects.</summary>
    /// <param name="receiveBuffer">Bytes that the kernel may hold unread; null is the default of the system.</param>
    /// <exception cref="SocketException">It does not take the connection.</exception>
    public Socket Connect(int? receiveBuffer)
    {
        if (receiveBuffer is null && _first is Socket first)
        {
            _first = null;
            return first;
        }

        return Open(receiveBuffer);
    }

    /// <summary>Why a server that is silent is not taken.</summary>
    public CannotStartException DoesNotListen()
    {
        string port = Findings.Number(_port), limit = Findings.Seconds(_timeouts.Start);
        Text why = new Text(
            $"The server does not listen on port {port} within {limit} s.",
            $"O servidor não aceita conexões na porta {port} em {limit} s.").And(Findings.StartLimit(_timeouts.Start));
        why = new Listening(Program, _port).Elsewhere() is Text elsewhere ? why.And(elsewhere) : why;
        why = ProgramEnding.LastWords(Program) is Text words ? why.And(words) : why;
        return new CannotStartException(why);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _first?.Dispose();
        Program.Dispose();
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
}
