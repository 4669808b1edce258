using System.Diagnostics;
using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// Takes commands, and a thread of its own adds them to the log. Entries that are not seen there in time, or that were under way when the
/// connection was lost, it adds again, in order: the replicas apply each entry once.
/// </summary>
internal sealed class Outlet(long incarnation, IEngine engine, ClusterFigures figures, Faults faults, Microsoft.Extensions.Logging.ILogger log)
{
    /// <summary>Bytes of commands that may wait for an entry. Above, the thread that submits waits.</summary>
    private const long MaxWaitingBytes = 4 * 1024 * 1024;

    /// <summary>Milliseconds without progress after which entries are sent again.</summary>
    private const int ResendAfter = 1_000;

    private const int Tick = 100;

    /// <summary>Guards all fields below. A leaf: under it nothing is sent and no other lock is taken. A monitor, since threads wait on it.</summary>
    private readonly object _gate = new();

    private readonly OutboundEntries _entries = new(incarnation);
    private long _progressAt;
    private bool _mustResend;
    private bool _isOver;
    private Thread? _thread;

    public void Start()
    {
        _thread = new Thread(() => faults.Guard("adding to the log", Run)) { Name = "cluster-outlet", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Queues a command for the log. The commands of one thread are applied in their order. Blocks while too many bytes wait.</summary>
    public LogRequest Submit(LogCommand command, SubmittedBytes? share = null)
    {
        var request = new LogRequest(command, share);
        lock (_gate)
        {
            while (!_isOver && _entries.WaitingBytes > MaxWaitingBytes)
            {
                Monitor.Wait(_gate);
            }

            if (TryAdd_NeedsGate(request))
            {
                return request;
            }
        }

        return CompleteUnknown(request);
    }

    /// <summary>The same, without blocking: for a few commands of the server itself.</summary>
    public LogRequest SubmitNow(LogCommand command)
    {
        var request = new LogRequest(command);
        lock (_gate)
        {
            if (TryAdd_NeedsGate(request))
            {
                return request;
            }
        }

        return CompleteUnknown(request);
    }

    /// <summary>All entries that were not seen must be sent again.</summary>
    public void Resend()
    {
        lock (_gate)
        {
            _mustResend = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>An entry of this server was applied: its requests; null if this server has not sent it.</summary>
    public LogRequest[]? Seen(long number, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            _progressAt = Environment.TickCount64;
            LogRequest[]? requests = _entries.Seen(number, payload);
            Monitor.PulseAll(_gate);
            return requests;
        }
    }

    /// <summary>Adds no entry any more. The commands that are not applied yet get the outcome <see cref="CommandOutcome.Unknown"/>.</summary>
    public void End()
    {
        LogRequest[] left;
        lock (_gate)
        {
            _isOver = true;
            left = _entries.Clear();
            Monitor.PulseAll(_gate);
        }

        foreach (LogRequest request in left)
        {
            request.Complete(new LogResult(CommandOutcome.Unknown));
        }
    }

    /// <summary>After <see cref="End"/>: waits until the thread has ended.</summary>
    public void Join() => _thread?.Join();

    private static LogRequest CompleteUnknown(LogRequest request)
    {
        request.Complete(new LogResult(CommandOutcome.Unknown));
        return request;
    }

    private bool TryAdd_NeedsGate(LogRequest request)
    {
        Debug.Assert(Monitor.IsEntered(_gate), "The gate guards the entries.");
        if (!_isOver)
        {
            _entries.Add(request);
            Monitor.PulseAll(_gate);
        }

        return !_isOver;
    }

    private void Run()
    {
        while (Next() is byte[][] payloads)
        {
            try
            {
                foreach (byte[] payload in payloads)
                {
                    engine.Append(payload);
                }
            }
            catch (EngineException e)
            {
                log.AppendFailed(e.Message); // sent again when there is no progress
            }
        }
    }

    /// <summary>Waits for entries to send, and returns them; null at the end.</summary>
    private byte[][]? Next()
    {
        byte[][]? again = null;
        lock (_gate)
        {
            while (!_isOver && again is null)
            {
                bool isStuck = _entries.SentCount > 0 && Environment.TickCount64 - _progressAt > ResendAfter;
                if (engine.IsConnected && (_mustResend || isStuck))
                {
                    again = _entries.Unseen();
                    _mustResend = false;
                    _progressAt = Environment.TickCount64;
                    again = again.Length == 0 ? null : again;
                }
                else if (engine.IsConnected && _entries.TakeNext() is byte[] payload)
                {
                    _progressAt = _entries.SentCount == 1 ? Environment.TickCount64 : _progressAt;
                    return [payload];
                }
                else if (_entries.SentCount == 0 && engine.IsConnected)
                {
                    Monitor.Wait(_gate);
                }
                else
                {
                    Monitor.Wait(_gate, Tick);
                }
            }
        }

        if (again is not null)
        {
            figures.Resent(again.Length);
            log.SentAgain(again.Length);
        }

        return again;
    }
}
