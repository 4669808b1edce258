namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>
/// The book of every message sent and every delivery, by receiver and sender. Members are numbered through: number n is in
/// channel <c>n % channels</c>, and the first of each channel are its senders. One thread at a time.
/// </summary>
/// <remarks>
/// While all is well a delivery costs one comparison: it is the one that was next. Only what comes out of turn is looked
/// up, in the set of those that were passed over.
/// </remarks>
internal sealed class Ledger(Workload load)
{
    /// <summary>By sender: how many it has sent.</summary>
    private readonly int[] _sent = new int[load.Channels * load.Senders];

    /// <summary>By receiver and sender's rank in the channel: the sequence number that comes next.</summary>
    private readonly int[] _next = new int[load.Connections * load.Senders];

    /// <summary>Passed over so far: a later message of the same sender has come.</summary>
    private readonly HashSet<(int Receiver, int Sender, int Sequence)> _passedOver = [];

    private long _expected;
    private long _doubled;
    private long _reordered;
    private long _wrong;

    /// <summary>Deliveries that came, each counted once.</summary>
    public long Delivered { get; private set; }

    /// <summary>True when all there is to send was sent, and everything sent was delivered.</summary>
    public bool IsComplete => Delivered == load.Deliveries;

    /// <summary>The faults so far; what is still on its way counts as lost.</summary>
    public Faults Faults => new(_expected - Delivered, _doubled, _reordered, _wrong, 0);

    /// <summary>Notes that <paramref name="sender"/> sends a message, and returns its sequence number.</summary>
    public int Send(int sender)
    {
        _expected += load.Members - 1;
        return _sent[sender]++;
    }

    /// <summary>Notes a delivery. True where it came for the first time; false where it should not have come.</summary>
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
            return DeliverOutOfTurn(receiver, stamp, ref next);
        }

        next++;
        Delivered++;
        return true;
    }

    /// <summary>Notes a frame that is no message of the load, and nothing else that may come.</summary>
    public void Wrong() => _wrong++;

    private bool DeliverOutOfTurn(int receiver, Stamp stamp, ref int next)
    {
        (int sender, int sequence, _) = stamp;
        if (sequence > next)
        {
            for (; next < sequence; next++)
            {
                _passedOver.Add((receiver, sender, next));
            }

            next++;
        }
        else if (_passedOver.Remove((receiver, sender, sequence)))
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
