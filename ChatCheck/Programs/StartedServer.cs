using System.Net.Sockets;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>A server that is started here, on a free port of this machine.</summary>
internal sealed class StartedServer(IProgramSource source, Timeouts timeouts) : IServerHost
{
    private const int MostTries = 3;

    private readonly Queue<SpareServer> _spares = [];
    private RunningServer? _server;
    private TimeSpan _quickestStart = TimeSpan.MaxValue;
    private bool _goesLast;

    /// <inheritdoc/>
    public int StartCount { get; private set; }

    /// <inheritdoc/>
    public bool CanRenew => true;

    /// <inheritdoc/>
    public bool StartsQuickly => _quickestStart < timeouts.QuickStart;

    /// <inheritdoc/>
    public bool StartsSlowly => StartCount > 0 && _quickestStart > timeouts.SlowStart;

    /// <inheritdoc/>
    public bool IsRestless => ProcessId is int process && Restlessness.Of(process, timeouts.Idle);

    /// <inheritdoc/>
    public int? ProcessId => Program?.ProcessId;

    /// <inheritdoc/>
    public bool HasEnded => Program is { ExitCode: not null };

    /// <summary>The program; null until it is started.</summary>
    public IProgram? Program => _server?.Program;

    /// <inheritdoc/>
    public IServerHost OpenAnother() => new StartedServer(source, timeouts) { _goesLast = _goesLast };

    /// <inheritdoc/>
    public void GoLast() => _goesLast = true;

    /// <inheritdoc/>
    public void Renew()
    {
        _server?.Dispose();
        _server = null;
    }

    /// <inheritdoc/>
    public void EnsureStarted()
    {
        if (_server is null)
        {
            Start();
        }
    }

    /// <inheritdoc/>
    public void PrepareNext(bool onlyIfSlow = false)
    {
        int more = StartsSlowly && Environment.ProcessorCount > 1 ? 1 : 0;
        try
        {
            for (int most = onlyIfSlow ? more : 1 + more; _spares.Count < most;)
            {
                _spares.Enqueue(new SpareServer(source, timeouts));
            }
        }
        catch (CannotStartException)
        {
            // The next start, which is awaited, reports the reason.
        }
    }

    /// <inheritdoc/>
    public Socket Connect(int? receiveBuffer = null)
    {
        EnsureStarted();
        return _server!.Connect(receiveBuffer);
    }

    /// <inheritdoc/>
    public ProgramEnd? Ending(TimeSpan limit) => Program is null ? null : ProgramEnding.Of(Program, limit);

    /// <inheritdoc/>
    public void Dispose()
    {
        Renew();
        foreach (SpareServer spare in _spares)
        {
            spare.Dispose();
        }

        _spares.Clear();
    }

    private void Start()
    {
        if (!TryTakeSpare())
        {
            // Another program may take the port between its choice and the start: then one more try. A program that was started
            // before gets more of them: then the machine is the reason.
            int tries = StartCount == 0 ? MostTries - 1 : MostTries;
            for (int i = 1; !TryStart(isLast: i == tries); i++)
            {
                if (i == tries)
                {
                    Text why = new("The server does not listen.", "O servidor não aceita conexões.");
                    why = Ending(TimeSpan.Zero) is ProgramEnd ending ? why.And(ending.What) : why;
                    Renew();
                    throw new CannotStartException(why);
                }
            }
        }

        _quickestStart = _server!.StartTime < _quickestStart ? _server.StartTime : _quickestStart;
        StartCount++;
        if (_goesLast && ProgramStart.HasSession && !OperatingSystem.IsWindows() && _server.Program.ProcessId is int leader)
        {
            SystemCalls.LowerPriority(leader);
        }
    }

    /// <summary>Uses the server that was started beforehand, if there is one and it still runs.</summary>
    private bool TryTakeSpare()
    {
        if (!_spares.TryDequeue(out SpareServer? spare))
        {
            return false;
        }

        using (spare)
        {
            _server = spare.Take();
        }

        return _server is not null;
    }

    /// <summary>Starts it and waits until it listens; false if it ended before that, or was too slow.</summary>
    private bool TryStart(bool isLast)
    {
        Renew();
        _server = new RunningServer(source, timeouts);
        RunningServer.StartState state = _server.Await();
        if (state == RunningServer.StartState.IsSilent && (StartCount == 0 || isLast))
        {
            CannotStartException told = _server.DoesNotListen();
            Renew();
            throw told;
        }

        return state == RunningServer.StartState.Listens;
    }
}
