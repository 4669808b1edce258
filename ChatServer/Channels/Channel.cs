using System.Diagnostics;

namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// A channel: its members, and the one order in which they see what happens in it. Every change of membership and
/// every message takes the gate and is appended to each member's outbox before the gate is released; so all members
/// see the same sequence, and a message reaches exactly the members at that moment.
/// </summary>
/// <remarks>
/// While a member is congested no message is appended. The senders then wait in a line, first come first served, and the first of them
/// waits for the member. So any number of senders never fills the queue of a member that reads.
/// </remarks>
[DebuggerDisplay("{Name}: {_members.Count} members, {_congested.Count} congested, {_line.Count} senders in line, closed: {IsClosed}")]
internal sealed class Channel
{
    /// <summary>
    /// Guards <see cref="_members"/>, the order of the appends to their outboxes, <see cref="_congested"/>,
    /// <see cref="_line"/> and <see cref="_life"/>. With --cluster it is taken under the
    /// gate of <c>GuardedReplica</c>. Under it: the gate of one outbox at a time, or that of the history's queue.
    /// </summary>
    private readonly Lock _gate = new();

    private readonly MemberList _members = new();

    private readonly CongestedMembers _congested = new();

    private readonly SenderLine _line = new();

    private readonly ChannelLife _life = new();

    private readonly StallRecord _stalls = new();

    private volatile bool _hasBackPressure; // written under the gate, read without

    /// <summary>What its members were told when it was removed; empty if it was not. Guarded by the gate.</summary>
    private ReadOnlyMemory<byte> _closingNotice;

    /// <summary>A channel without members.</summary>
    /// <param name="name">As it is shown.</param>
    /// <param name="record">Stores its messages; null stores none.</param>
    public Channel(string name, IChannelRecord? record = null)
    {
        Name = name;
        Record = record ?? NoRecord.Instance;
    }

    /// <summary>A channel with its creator as the only member.</summary>
    public Channel(string name, Participant creator, IChannelRecord? record = null)
        : this(name, record)
    {
        _congested.EnsureCapacity(1);
        _members.Add(creator);
    }

    /// <summary>True while a member is congested or senders wait in the line: a sender should then send little at a time.</summary>
    public bool HasBackPressure => _hasBackPressure;

    /// <summary>The name as it is shown: as its creator typed it. Immutable.</summary>
    public string Name { get; }

    /// <summary>Stores its messages.</summary>
    public IChannelRecord Record { get; private set; }

    /// <summary>Has its messages stored from now on.</summary>
    public void StoreIn(IChannelRecord record)
    {
        lock (_gate)
        {
            Record = record;
        }
    }

    /// <summary>True once no participant can enter it any more.</summary>
    public bool IsClosed => _life.IsClosed;

    /// <summary>The names of its members at this moment.</summary>
    public string[] MemberNames()
    {
        lock (_gate)
        {
            return _members.Names();
        }
    }

    /// <summary>
    /// Closes the channel if, at <paramref name="now"/>, it has been empty for <paramref name="limit"/>, counted from the
    /// first call that finds it empty.
    /// </summary>
    public bool TryClose(long now, long limit)
    {
        lock (_gate)
        {
            return _life.TryClose(_members.Count > 0, now, limit);
        }
    }

    /// <summary>
    /// Closes the channel also if it has members. They get <paramref name="notice"/>, a frame, as the last that comes from it, and are
    /// then members of no channel. False if it is closed already.
    /// </summary>
    public bool TryCloseFor(ReadOnlyMemory<byte> notice, out int members)
    {
        lock (_gate)
        {
            members = IsClosed ? 0 : _members.Count;
            if (IsClosed)
            {
                return false;
            }

            _life.Close();
            _closingNotice = notice;
            while (_members.Count > 0)
            {
                Participant member = _members[_members.Count - 1];
                member.Outbox.Append(notice);
                _congested.Remove(member);
                _members.RemoveAt(_members.Count - 1);
            }

            UpdateBackPressure_NeedsGate();
            return true;
        }
    }

    /// <summary>
    /// Keeps the channel open for a participant that is about to enter. False if it is closed; otherwise <see cref="Enter"/> must
    /// follow.
    /// </summary>
    public bool TryReserve()
    {
        lock (_gate)
        {
            return _life.TryReserve();
        }
    }

    /// <summary>Undoes <see cref="TryReserve"/>: the participant does not enter.</summary>
    public void CancelReservation()
    {
        lock (_gate)
        {
            _life.CancelReservation();
        }
    }

    /// <summary>Adds <paramref name="newcomer"/>, for which <see cref="TryReserve"/> was called, and tells the others.</summary>
    public void Enter(Participant newcomer)
    {
        lock (_gate)
        {
            _life.Enter();
            if (IsClosed)
            {
                newcomer.Outbox.Append(_closingNotice); // it was removed since TryReserve
                return;
            }

            // Every step that needs memory comes before the first append.
            _congested.EnsureCapacity(_members.Count + 1);
            _members.Add(newcomer);
            SendToOthers_NeedsGate(newcomer, newcomer.JoinedNotice);
        }
    }

    /// <summary>Takes <paramref name="leaver"/>, a member, out and tells the others. Needs no memory, so it cannot fail when memory runs out.</summary>
    public void Leave(Participant leaver)
    {
        lock (_gate)
        {
            _members.Remove(leaver);
            _congested.Remove(leaver);
            SendToOthers_NeedsGate(leaver, leaver.LeftNotice);
            _members.ReleaseUnused();
            _congested.ReleaseUnused(room: _members.Count); // an append must need no memory for this list
        }
    }

    /// <summary>
    /// Sends whole frames, which must never change again, to every member but <paramref name="sender"/>. Blocks, holding no
    /// lock, while a member is congested and while others are before this sender in the line.
    /// </summary>
    public void Broadcast(Participant sender, ReadOnlyMemory<byte> frames)
    {
        lock (_gate)
        {
            if (_line.Count == 0 && FirstCongested_NeedsGate(sender) is null)
            {
                Deliver_NeedsGate(sender, frames);
                return;
            }
        }

        TakeTurn(sender, frames, act: null);
    }

    /// <summary>Blocks, holding no lock, as <see cref="Broadcast"/> does, and sends nothing: for a participant that is about to cause a notice.</summary>
    public void WaitForSpace(Participant sender)
    {
        if (_hasBackPressure)
        {
            TakeTurn(sender, frames: default, act: null);
        }
    }

    /// <summary>
    /// Sends whole frames, which must never change again, to every member but <paramref name="sender"/>, without a wait: for a chat
    /// whose order is made elsewhere. Returns the bytes of deliveries.
    /// </summary>
    /// <param name="sender">Gets nothing; null: all members get it.</param>
    /// <param name="frames">The frames.</param>
    /// <param name="place">The place of messages, which are stored; null for anything else.</param>
    public long BroadcastNow(Participant? sender, ReadOnlyMemory<byte> frames, RecordPlace? place = null)
    {
        lock (_gate)
        {
            if (place is not null)
            {
                Record.Append(frames, place);
            }

            return AppendToOthers_NeedsGate(sender, frames);
        }
    }

    /// <summary>
    /// Does something when it is this sender's turn, holding no lock: blocks as <see cref="Broadcast"/> does. The next sender has its
    /// turn after that.
    /// </summary>
    public void InTurn(Participant sender, Action act) => TakeTurn(sender, frames: default, act);

    /// <summary>
    /// True while a member is congested. Checks each such member (<see cref="IOutbox.CheckSlowness"/>), holding no lock: for a
    /// chat whose senders wait elsewhere.
    /// </summary>
    public bool CheckCongested()
    {
        IOutbox[] congested;
        lock (_gate)
        {
            FirstCongested_NeedsGate(sender: null);
            congested = _congested.Outboxes();
        }

        Array.ForEach(congested, outbox => outbox.CheckSlowness(_stalls));
        return Array.Exists(congested, outbox => outbox.IsCongested);
    }

    /// <summary>Stands in line, waits until no other member is congested, sends the frames, and does what is to be done in this turn.</summary>
    private void TakeTurn(Participant sender, ReadOnlyMemory<byte> frames, Action? act)
    {
        bool isHead = StandInLine(sender);
        try
        {
            if (!isHead)
            {
                sender.Outbox.WaitForTurn();
            }

            while (!TrySend(sender, frames, out IOutbox? congested))
            {
                sender.Outbox.WaitFor(congested!, _stalls); // bounded: a member that makes no space is disconnected
            }

            act?.Invoke();
        }
        finally
        {
            LeaveLine(sender);
        }
    }

    /// <summary>True if the sender is the head.</summary>
    private bool StandInLine(Participant sender)
    {
        lock (_gate)
        {
            bool isHead = _line.Add(sender);
            _hasBackPressure = true;
            return isHead;
        }
    }

    /// <summary>Passes the turn to the next sender. One that has failed before its turn came only leaves.</summary>
    private void LeaveLine(Participant sender)
    {
        Participant? next;
        lock (_gate)
        {
            next = _line.Remove(sender);
            UpdateBackPressure_NeedsGate();
        }

        next?.Outbox.GrantTurn();
    }

    private bool TrySend(Participant sender, ReadOnlyMemory<byte> frames, out IOutbox? congested)
    {
        lock (_gate)
        {
            congested = FirstCongested_NeedsGate(sender);
            if (congested is null && !frames.IsEmpty)
            {
                Deliver_NeedsGate(sender, frames);
            }

            return congested is null;
        }
    }

    private IOutbox? FirstCongested_NeedsGate(Participant? sender)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The list of congested members is the gate's.");
        IOutbox? congested = _congested.FirstExcept(sender);
        UpdateBackPressure_NeedsGate();
        return congested;
    }

    private void UpdateBackPressure_NeedsGate()
    {
        // Only a change is written: each write would cost the readers of this field a cache miss.
        bool hasBackPressure = _congested.Count > 0 || _line.Count > 0;
        if (_hasBackPressure != hasBackPressure)
        {
            _hasBackPressure = hasBackPressure;
        }
    }

    /// <summary>Sends messages, and stores them in the same order, since the gate is held.</summary>
    private void Deliver_NeedsGate(Participant sender, ReadOnlyMemory<byte> frames)
    {
        if (IsClosed)
        {
            return; // it was removed while the sender waited, and the sender was told
        }

        SendToOthers_NeedsGate(sender, frames);
        Record.Append(frames);
    }

    private void SendToOthers_NeedsGate(Participant sender, ReadOnlyMemory<byte> frames) =>
        sender.Caused(AppendToOthers_NeedsGate(sender, frames));

    /// <summary>Returns the bytes of deliveries.</summary>
    private long AppendToOthers_NeedsGate(Participant? sender, ReadOnlyMemory<byte> frames)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The order of a channel is made under its gate.");
        int receivers = 0;
        foreach (Participant member in _members.Span)
        {
            if (member == sender)
            {
                continue;
            }

            receivers++;
            if (member.Outbox.Append(frames) && !member.IsListedAsCongested)
            {
                _congested.Add(member); // there is room: see Enter
                _hasBackPressure = true;
            }
        }

        return (long)receivers * frames.Length;
    }
}
