using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// Keeps this server a member of the chat: if the membership is lost, a thread of its own closes the clients of that time and joins
/// again, as a new member.
/// </summary>
/// <param name="open">Makes a session, not started yet, that calls the given action if it is lost.</param>
/// <param name="figures">Counts lost memberships.</param>
/// <param name="closeClients">Tells all clients that the chat cannot be reached, and closes them.</param>
/// <param name="faults">Catches and counts exceptions in the server's own code.</param>
/// <param name="log">The log of the server.</param>
internal sealed class ClusterMembership(
    Func<Action<string>, ClusterSession> open, ClusterFigures figures, Action closeClients, Faults faults, ILogger log) : IDisposable
{
    /// <summary>How long the engine may be unreachable when the server starts.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim _end = new(initialState: false, spinCount: 0);
    private readonly AutoResetEvent _lost = new(initialState: false);
    private volatile ClusterSession? _session;
    private volatile ClusterSession? _joining;
    private volatile bool _isStopping;
    private volatile string _lostBecause = "";
    private bool _ignoresSnapshot;
    private Thread? _thread;

    /// <summary>The session of now; null while this server is no member.</summary>
    public ClusterSession? Session => _session;

    /// <summary>Joins the chat.</summary>
    /// <param name="stop">Ends the attempt, at once.</param>
    /// <exception cref="EngineException">It cannot be joined, or the attempt was ended. The message is for a person.</exception>
    public void Start(CancellationToken stop)
    {
        using CancellationTokenRegistration stopped = stop.Register(BeginStop);
        long until = Environment.TickCount64 + (long)StartLimit.TotalMilliseconds;
        for (bool isJoined = false; !isJoined;)
        {
            try
            {
                Join();
                isJoined = true;
            }
            catch (EngineException e) when (!_isStopping && !e.IsFinal && (e.IsOtherLog || Environment.TickCount64 < until))
            {
                log.JoinFailed(e.Message);
                _end.Wait(StartPause, CancellationToken.None); // the stop is looked at after each attempt
            }
        }

        _thread = new Thread(Run) { Name = "cluster", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The server stops: a join that is under way ends, and there is no other one. A membership stays until <see cref="Dispose"/>.</summary>
    public void BeginStop()
    {
        _isStopping = true;
        _joining?.Cancel();
    }

    public void Dispose()
    {
        BeginStop();
        _end.Set();
        _lost.Set();
        _thread?.Join();
        _session?.Dispose();
        _end.Dispose();
        _lost.Dispose();
    }

    private void Join()
    {
        ClusterSession session = open(Lost);
        _joining = session;
        try
        {
            if (_isStopping)
            {
                throw new EngineException("the server stops");
            }

            session.Start(StartLimit, usesSnapshot: !_ignoresSnapshot);
            _session = session;
            _ignoresSnapshot = false;
        }
        catch (EngineException e)
        {
            session.Dispose();
            if (e.IsOtherLog)
            {
                log.SnapshotIgnored();
                _ignoresSnapshot = true;
            }

            throw;
        }
        finally
        {
            _joining = null;
        }
    }

    private void Lost(string why)
    {
        _lostBecause = why;
        _lost.Set();
    }

    private void Run()
    {
        while (!_end.IsSet)
        {
            if (_session is null)
            {
                faults.Guard("joining the cluster again", JoinAgain);
            }
            else
            {
                _lost.WaitOne();
                if (!_end.IsSet && _session.IsLost)
                {
                    faults.Guard("leaving the cluster", Leave);
                }
            }
        }
    }

    /// <summary>The clients first: so what a reader still appends is not sent any more.</summary>
    private void Leave()
    {
        ClusterSession session = _session!;
        figures.Lost();
        log.ClusterLost(_lostBecause);
        _session = null;
        closeClients();
        session.Dispose();
    }

    private void JoinAgain()
    {
        try
        {
            Join();
            _session?.LogMembership();
        }
        catch (EngineException e)
        {
            if (!_isStopping)
            {
                log.JoinFailed(e.Message);
            }

            _end.Wait(RetryPause);
        }
    }
}
