namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>
/// Records every sent message and every delivery, by receiver and sender. Member n is in channel <c>n % channels</c>, and the first
/// members of each channel are its senders. For one thread at a time.
/// </summary>
/// <remarks>
/// A delivery in order costs one comparison. Only for a delivery out of order the ledger searches the set of skipped ones.
/// </remarks>
internal sealed class Ledger(Workload load)
{
    /// <summary>Sent messages, by sender.</summary>
    private readonly int[] _sent = new int[load.Channels * load.Senders];

    /// <summary>The next sequence number, by receiver and rank of the sender in the channel.</summary>
    private readonly int[] _next = new int[load.Connections * load.Senders];

    /// <summary>Missing deliveries: a later message of the same sender has arrived.</summary>
    private readonly HashSet<(int Receiver, int Sender, int Sequence)> _skipped = [];

    private long _expected;
    private long _doubled;
    private long _reordered;
    private long _wrong;

    /// <summary>Deliveries that arrived, each counted once.</summary>
    public long Delivered { get; private set; }

    /// <summary>True when every message of the load was sent and delivered.</summary>
    public bool IsComplete => Delivered == load.Deliveries;

    /// <summary>The errors up to now; a message that is still on its way counts as lost.</summary>
    public LoadErrors Errors => new(_expected - Delivered, _doubled, _reordered, _wrong, 0);

    /// <summary>Records that <paramref name="sender"/> sends a message, and returns its sequence number.</summary>
    public int Send(int sender)
    {
        _expected += load.Members - 1;
        return _sent[sender]++;
    }

    /// <summary>Records a delivery. True for its first arrival; false if it is an error.</summary>
    public bool Deliver(int receiver, Stamp stamp)
    {
        (int sender, int sequence, _) = stamp;
        if ((uint)sender >= (uint)_sent.Length || sender == receiver || sender % load.Channels != receiver % load.Channels
            || (uint)sequence >= (uint)_sent[sender])
        {
            _wrong++;
            return false;
        }

        ref int next = ref _next[(receiver * load.Senders) + (sender / load.Channels)];
        if (sequence != next)
        {
            return DeliverOutOfOrder(receiver, stamp, ref next);
        }

        next++;
        Delivered++;
        return true;
    }

    /// <summary>Records a frame that is neither a message of the load nor a notice.</summary>
    public void Wrong() => _wrong++;

    private bool DeliverOutOfOrder(int receiver, Stamp stamp, ref int next)
    {
        (int sender, int sequence, _) = stamp;
        if (sequence > next)
        {
            for (; next < sequence; next++)
            {
                _skipped.Add((receiver, sender, next));
            }

            next++;
        }
        else if (_skipped.Remove((receiver, sender, sequence)))
        {
            _reordered++;
        }
        else
        {
            _doubled++;
            return false;
        }

        Delivered++;
        return true;
    }
}
