using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>A client of this server in the cluster. Its reader thread uses it. The follower sets <see cref="Current"/> while that thread waits.</summary>
/// <param name="session">The membership in the cluster to which it belongs; it ends with it.</param>
/// <param name="number">Its number at this server.</param>
/// <param name="participant">The client.</param>
internal sealed class LocalClient(ClusterSession session, int number, Participant participant)
{
    /// <summary>Batches of messages that may be submitted and not applied. With two, one can be made while the other is on its way.</summary>
    private const int MostUnseen = 2;

    private readonly Queue<LogRequest> _unseen = new();
    private bool _isUnknown;

    public ClusterSession Session => session;

    public int Number => number;

    /// <summary>The channel it is in, set by the follower while the client waits for a change of channel.</summary>
    public ReplicaChannel? Current { get; set; }

    /// <summary>True if all that it has submitted was applied.</summary>
    public bool IsDone => _unseen.Count == 0 && !_isUnknown;

    /// <summary>Submits a command and waits for its result.</summary>
    public LogResult Do(LogCommand command) => Await(session.Submit(command));

    /// <summary>Notes a batch of messages, and waits while too many are not applied yet.</summary>
    public void Follow(LogRequest request)
    {
        _unseen.Enqueue(request);
        AwaitUnseen(MostUnseen - 1);
    }

    /// <summary>Waits until at most <paramref name="most"/> batches are not applied yet.</summary>
    public void AwaitUnseen(int most = 0)
    {
        while (_unseen.Count > most)
        {
            participant.Caused(Await(_unseen.Dequeue()).Bytes);
        }
    }

    /// <summary>The turn of the client to work for itself alone, if it has one, ends before the wait.</summary>
    private LogResult Await(LogRequest request)
    {
        participant.Outbox.EndWork();
        LogResult result = request.Await();
        _isUnknown |= result.Outcome == CommandOutcome.Unknown;
        return result;
    }
}
