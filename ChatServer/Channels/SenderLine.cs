namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// The senders that wait for their turn in a channel. The head has the turn. No lock of its own: see <see cref="Channel"/>.
/// 1. The addresses take turns. So an address with hundreds of connections delays a sender of another address by one turn, and not by hundreds.
/// 2. The senders of one address have their turns first come first served. But slow members, for which the others wait, do not delay the others:
///    those come first.
/// </summary>
internal sealed class SenderLine
{
    /// <summary>A line with space for more senders than this releases its memory when it is empty.</summary>
    private const int LongLine = 64;

    /// <summary>In each round an address has one turn. Within a round the order is that of arrival.</summary>
    private readonly PriorityQueue<Waiting, (long Round, long Number)> _senders = new();

    /// <summary>Those that have senders in the line, or have had a turn in this round or a later one.</summary>
    private readonly Dictionary<Group, GroupTurns> _groups = [];

    /// <summary>The round of the head; no sender in the line has an earlier one.</summary>
    private long _round;

    /// <summary>How many senders have come.</summary>
    private long _number;

    public int Count => _senders.Count;

    public int Capacity => _senders.EnsureCapacity(0);

    /// <summary>Adds a sender, which is not in the line. True if it is the head. If there is no memory for it, nothing has changed.</summary>
    /// <param name="sender">The sender.</param>
    /// <param name="frames">What it sends in its turn; null if it does something else, so that nobody can do it in its place.</param>
    public bool Add(Participant sender, ReadOnlyMemory<byte>? frames = null)
    {
        var group = new Group(sender.Founder.Address ?? "", sender.Outbox.HasLongQueue);
        long round = RoundAfter(group with { IsSlow = false });
        if (group.IsSlow)
        {
            round = Math.Max(round, RoundAfter(group));
        }

        _senders.EnsureCapacity(_senders.Count + 1);
        _groups[group] = new GroupTurns(round, _groups.GetValueOrDefault(group).Count + 1);
        _senders.Enqueue(new Waiting(sender, frames, group), (round, _number++));
        return _senders.Count == 1;
    }

    /// <summary>
    /// Removes a sender, which is in the line. Needs no memory. Returns the sender that has the turn from now on; null if that
    /// has not changed or no sender is left.
    /// </summary>
    public Participant? Remove(Participant sender)
    {
        bool wasHead = _senders.Peek().Sender == sender;
        _senders.Remove(new Waiting(sender, null, default), out Waiting removed, out _);
        RemoveOneOf(removed.Group);
        if (!_senders.TryPeek(out Waiting next, out (long Round, long Number) turn))
        {
            _groups.Clear();
            ReleaseUnused();
            return null;
        }

        if (turn.Round > _round)
        {
            _round = turn.Round;
            ForgetEarlierTurns();
        }

        return wasHead ? next.Sender : null;
    }

    /// <summary>What the head, of a line that is not empty, sends in its turn; null if it does something else.</summary>
    public ReadOnlyMemory<byte>? FramesOfHead() => _senders.Peek().Frames;

    /// <summary>The first round in which the group has no turn yet.</summary>
    private long RoundAfter(Group group) => _groups.TryGetValue(group, out GroupTurns turns) ? turns.LastRound + 1 : _round;

    /// <summary>
    /// A group whose last sender leaves has had its turn in this round. If that were forgotten, two such groups that always come again would
    /// keep the round from ending, and all others from their turn.
    /// </summary>
    private void RemoveOneOf(Group group)
    {
        GroupTurns turns = _groups[group];
        _groups[group] = turns.Count == 1 ? new GroupTurns(_round, 0) : turns with { Count = turns.Count - 1 };
    }

    private void ForgetEarlierTurns()
    {
        foreach ((Group group, GroupTurns turns) in _groups)
        {
            if (turns.Count == 0 && turns.LastRound < _round)
            {
                _groups.Remove(group); // allowed during the enumeration, and takes no memory
            }
        }
    }

    private void ReleaseUnused()
    {
        if (Capacity <= LongLine)
        {
            return;
        }

        try
        {
            _senders.TrimExcess();
            _groups.TrimExcess();
        }
        catch (OutOfMemoryException)
        {
            // There is no memory for a shorter line now. The next call tries again.
        }
    }

    /// <param name="Address">Of its senders; senders without an address count as one.</param>
    /// <param name="IsSlow">True if they had long queues of their own when they came.</param>
    private readonly record struct Group(string Address, bool IsSlow);

    /// <param name="LastRound">Of the last of its senders that has come.</param>
    /// <param name="Count">How many of its senders are in the line.</param>
    private readonly record struct GroupTurns(long LastRound, int Count);

    /// <summary>A sender is in the line once, so it is equal to itself whatever it sends.</summary>
    private readonly record struct Waiting(Participant Sender, ReadOnlyMemory<byte>? Frames, Group Group)
    {
        public bool Equals(Waiting other) => Sender == other.Sender;

        public override int GetHashCode() => Sender.GetHashCode();
    }
}
