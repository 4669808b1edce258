using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Running;

/// <summary>A server that is started here, on a free port of this machine.</summary>
internal sealed class StartedServer(IProgramSource source, Patience patience) : IServerHost
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(10);

    private IPEndPoint _address = new(IPAddress.Loopback, 0);

    // The connection that showed that the server listens is not thrown away: to a server it is a client like any other,
    // and the first client of part 0 would be one that says nothing.
    private Socket? _first;

    /// <inheritdoc/>
    public int Life { get; private set; }

    /// <inheritdoc/>
    public bool HasEnded => Program is { ExitCode: not null };

    /// <summary>The program; null until the first connection.</summary>
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
    public Socket Connect(int? receiveBuffer = null)
    {
        if (Program is null)
        {
            Start();
        }

        if (receiveBuffer is null && _first is Socket first)
        {
            _first = null;
            return first;
        }

        return Connections.Open(_address, receiveBuffer);
    }

    /// <inheritdoc/>
    public Text? Ending(TimeSpan limit) => Program is null ? null : ProgramEnding.Of(Program, limit);

    /// <inheritdoc/>
    public void Dispose() => Renew();

    private void Start()
    {
        // Somebody else may take the port between its choice and the start: then one more try.
        if (!TryStart() && !TryStart())
        {
            Text why = new("The server does not listen.", "O servidor não aceita conexões.");
            why = Ending(TimeSpan.Zero) is Text ending ? why.And(ending) : why;
            Renew();
            throw new CannotStartException(why);
        }

        Life++;
    }

    /// <summary>Starts it and waits until it listens; false where it ended before that.</summary>
    private bool TryStart()
    {
        _address = new IPEndPoint(IPAddress.Loopback, FreePort.Next());
        Program?.Dispose();
        Program = source.Start(new ProgramArguments(_address.Port));
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                _first = Connections.Open(_address);
                return true;
            }
            catch (SocketException)
            {
                if (Program.AwaitExit(RetryPause))
                {
                    return false;
                }
            }

            if (Stopwatch.GetElapsedTime(began) > patience.Start)
            {
                Renew();
                string port = Findings.Number(_address.Port), limit = Findings.Seconds(patience.Start);
                throw new CannotStartException(new Text(
                    $"The server does not listen on port {port} within {limit} s.",
                    $"O servidor não aceita conexões na porta {port} em {limit} s.").And(Findings.StartLimit(patience.Start)));
            }
        }
    }
}
