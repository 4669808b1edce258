using System.Diagnostics;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Client;

/// <summary>The client under test and the server it talks to, for one case; the basic client as well.</summary>
internal sealed class ClientFixture(IProgramSource source, CaseClock clock, Transcript transcript, StartTimes starts, bool isFirst) : IDisposable
{
    /// <summary>The host that clients are given.</summary>
    public const string Host = "127.0.0.1";

    /// <summary>The name that clients are given.</summary>
    public const string Name = "Ana";

    private readonly List<IDisposable> _used = [];
    private ScriptedServer? _listener;
    private ClientUnderTest? _client;
    private long _startedAt;
    private ProgramStreams _streams = ProgramStreams.Terminal;

    /// <summary>The port of the scripted server.</summary>
    public int Port => Listener.Port;

    private ScriptedServer Listener => _listener ??= Use(new ScriptedServer(transcript, clock));

    /// <summary>A port without a server.</summary>
    public int NewClosedPort() => Use(new HeldPort()).Number;

    /// <summary>
    /// Gives the client pipes instead of a terminal, for input that a terminal would change or reject. Findings say so.
    /// </summary>
    public ClientFixture InPipes()
    {
        _streams = ProgramStreams.Pipes;
        return this;
    }

    public ClientUnderTest Start(int port, string host = Host)
    {
        _startedAt = Stopwatch.GetTimestamp();
        IProgram program = source.Start(new ProgramArguments(port, host, Name, _streams));
        clock.WatchProgram = Settling.WatchFor(program.ProcessId);
        return _client = Use(new ClientUnderTest(program, transcript, clock, starts));
    }

    /// <summary>Starts the client and waits until it has connected.</summary>
    /// <exception cref="CannotStartException">It has ended, and this is the first case: so it would end in all of them.</exception>
    public (ClientUnderTest Client, FrameConnection Server) StartConnected(string host = Host)
    {
        ClientUnderTest client = Start(Port, host);
        return (client, Accept(client));
    }

    /// <summary>Starts the client, types this, and waits until it has connected: it may do that before it reads or after it.</summary>
    /// <param name="input">The text to type.</param>
    /// <param name="endInput">Whether the input ends behind that: it may read all of it before it connects.</param>
    /// <exception cref="CannotStartException">It has ended, and this is the first case: so it would end in all of them.</exception>
    public (ClientUnderTest Client, FrameConnection Server) StartTyped(string input, bool endInput)
    {
        ClientUnderTest client = Start(Port);
        client.TypeRaw(input);
        if (endInput)
        {
            client.EndInput();
        }

        return (client, Accept(client));
    }

    /// <summary>
    /// Starts the client; it has given its name and shows its first prompt. If it does not, that is for other cases to find.
    /// </summary>
    public (ClientUnderTest Client, FrameConnection Server) Enter(string host = Host)
    {
        (ClientUnderTest client, FrameConnection server) = StartConnected(host);
        starts.AddName(server.Skip(starts.AwaitName(clock)));
        client.AwaitPromptIfAny();
        return (client, server);
    }

    /// <summary>
    /// Makes the client show that it has handled everything that was sent to it: a typed line arrives at the
    /// server. Twice, with a pause: in some clients one part reads and another prints. A client that waits for the rest of a
    /// message sends nothing in between: then it has had the time of an answer to show what it has.
    /// </summary>
    public void Settle(ClientUnderTest client, FrameConnection server)
    {
        foreach (string line in new[] { "tick", "tock" })
        {
            client.Type(line);
            if (!server.ExpectIfAny(line))
            {
                return;
            }

            Thread.Sleep(clock.Timeouts.BetweenPieces);
        }
    }

    /// <summary>How the client has ended, if it has: waits <paramref name="limit"/> for it.</summary>
    public ProgramEnd? Ending(TimeSpan limit) => _client is null ? null : ProgramEnding.Of(_client.Program, limit);

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int i = _used.Count - 1; i >= 0; i--)
        {
            _used[i].Dispose();
        }
    }

    private FrameConnection Accept(ClientUnderTest client)
    {
        try
        {
            FrameConnection server = Use(Listener.Accept(client.Program, starts.ConnectLimit, isAtTerminal: _streams == ProgramStreams.Terminal) ?? throw NotConnected(client));
            starts.AddConnected(Stopwatch.GetElapsedTime(_startedAt));
            clock.Restart(); // a start has a limit of its own
            return server;
        }
        catch (CaseFailedException)
        {
            starts.AddFailed();
            throw;
        }
    }

    private Exception NotConnected(ClientUnderTest client)
    {
        Text why = new("The client ended without connecting.", "O cliente terminou sem se conectar.");
        return isFirst && ProgramEnding.Of(client.Program, clock.Timeouts.Rest) is ProgramEnd ending
            ? new CannotStartException(why.And(ending.What))
            : Findings.Wrong(why);
    }

    private T Use<T>(T thing)
        where T : IDisposable
    {
        _used.Add(thing);
        return thing;
    }
}
