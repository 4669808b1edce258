using System.Diagnostics;

namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// A channel: its members, and the one order in which they see what happens in it. Every change of membership and
/// every message takes the gate and is appended to each member's outbox before the gate is released; so all members
/// see the same sequence, and a message reaches exactly the members at that moment.
/// </summary>
/// <remarks>
/// The gate guards <see cref="_members"/>, the order of the appends to their outboxes, <see cref="_life"/>, and the line of the senders
/// (<see cref="SenderTurns"/>).
/// </remarks>
[DebuggerDisplay("{Name}: {_members.Count} members, {_members.CongestedCount} congested, {Line.Count} senders in line, closed: {IsClosed}")]
internal sealed class Channel : SenderTurns
{
    private readonly ChannelMembers _members = new();

    private readonly ChannelLife _life = new();

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
        : this(name, record) => _members.Add(creator);

    /// <summary>The name as it is shown: as its creator typed it. Immutable.</summary>
    public string Name { get; }

    /// <summary>Stores its messages.</summary>
    public IChannelRecord Record { get; private set; }

    /// <summary>True once no participant can enter it any more.</summary>
    public bool IsClosed => _life.IsClosed;

    /// <summary>Has its messages stored from now on.</summary>
    public void StoreIn(IChannelRecord record)
    {
        lock (Gate)
        {
            Record = record;
        }
    }

    /// <summary>The names of its members at this moment.</summary>
    public string[] MemberNames()
    {
        lock (Gate)
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
        lock (Gate)
        {
            return _life.TryClose(_members.Count > 0, now, limit);
        }
    }

    /// <summary>
    /// Closes the channel also if it has members. They get <paramref name="notice"/>, a frame, as the last that comes from it, and are
    /// then members of no channel. False if it is closed already.
    /// </summary>
    public bool TryCloseWithNotice(ReadOnlyMemory<byte> notice, out int members)
    {
        lock (Gate)
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
                _members.RemoveLast().Outbox.Append(notice);
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
        lock (Gate)
        {
            return _life.TryReserve();
        }
    }

    /// <summary>Undoes <see cref="TryReserve"/>: the participant does not enter.</summary>
    public void CancelReservation()
    {
        lock (Gate)
        {
            _life.CancelReservation();
        }
    }

    /// <summary>Adds <paramref name="newcomer"/>, for which <see cref="TryReserve"/> was called, and tells the others.</summary>
    public void Enter(Participant newcomer)
    {
        lock (Gate)
        {
            _life.Enter();
            if (IsClosed)
            {
                newcomer.Outbox.Append(_closingNotice); // it was removed since TryReserve
                return;
            }

            _members.Add(newcomer); // before the first append: it needs memory
            SendToOthers_NeedsGate(newcomer, newcomer.JoinedNotice);
        }
    }

    /// <summary>Takes <paramref name="leaver"/>, a member, out and tells the others. Needs no memory, so it cannot fail when memory runs out.</summary>
    public void Leave(Participant leaver)
    {
        lock (Gate)
        {
            _members.Remove(leaver, Stalls);
            SendToOthers_NeedsGate(leaver, leaver.LeftNotice);
            _members.ReleaseUnused();
        }
    }

    /// <summary>
    /// Sends whole frames, which must never change again, to every member but <paramref name="sender"/>. Blocks, holding no
    /// lock, while a member is congested and while others are before this sender in the line.
    /// </summary>
    public void Broadcast(Participant sender, ReadOnlyMemory<byte> frames)
    {
        lock (Gate)
        {
            if (Line.Count == 0 && FirstCongested_NeedsGate(sender) is null)
            {
                Deliver_NeedsGate(sender, frames);
                return;
            }
        }

        TakeTurn(sender, frames, act: null);
    }

    /// <summary>
    /// Sends whole frames, which must never change again, to every member but <paramref name="sender"/>, without a wait: for a
    /// <c>ClusterChat</c>, where the log makes the order. Returns the bytes of deliveries.
    /// </summary>
    /// <param name="sender">Gets nothing; null: all members get it.</param>
    /// <param name="frames">The frames.</param>
    /// <param name="place">The place of messages, which are stored; null for anything else.</param>
    public long BroadcastNow(Participant? sender, ReadOnlyMemory<byte> frames, RecordPlace? place = null)
    {
        lock (Gate)
        {
            if (place is not null)
            {
                Record.Append(frames, place);
            }

            return AppendToOthers_NeedsGate(sender, frames);
        }
    }

    /// <summary>
    /// True while a member is congested. Checks each such member (<see cref="IOutbox.CheckSlowness"/>), holding no lock: for a
    /// <c>ClusterChat</c>, whose senders wait in other places.
    /// </summary>
    public bool CheckCongested()
    {
        IOutbox[] congested;
        lock (Gate)
        {
            FirstCongested_NeedsGate(sender: null);
            congested = _members.CongestedOutboxes();
        }

        Array.ForEach(congested, outbox => outbox.CheckSlowness(Stalls));
        return Array.Exists(congested, outbox => outbox.IsCongested);
    }

    protected override bool HasCongested_NeedsGate()
    {
        Debug.Assert(Gate.IsHeldByCurrentThread, "The list of congested members is the gate's.");
        return _members.CongestedCount > 0;
    }

    protected override IOutbox? FirstCongested_NeedsGate(Participant? sender)
    {
        Debug.Assert(Gate.IsHeldByCurrentThread, "The list of congested members is the gate's.");
        IOutbox? congested = _members.FirstCongestedExcept(sender);
        UpdateBackPressure_NeedsGate();
        return congested;
    }

    /// <summary>Sends messages, and stores them in the same order, since the gate is held.</summary>
    protected override void Deliver_NeedsGate(Participant sender, ReadOnlyMemory<byte> frames)
    {
        Debug.Assert(Gate.IsHeldByCurrentThread, "The order of a channel is made under its gate.");
        if (IsClosed)
        {
            return; // it was removed while the sender waited, and the sender was told
        }

        SendToOthers_NeedsGate(sender, frames);
        Record.Append(frames);
    }

    private void SendToOthers_NeedsGate(Participant sender, ReadOnlyMemory<byte> frames)
    {
        Debug.Assert(Gate.IsHeldByCurrentThread, "The order of a channel is made under its gate.");
        sender.Caused(AppendToOthers_NeedsGate(sender, frames));
    }

    /// <summary>Returns the bytes of deliveries.</summary>
    private long AppendToOthers_NeedsGate(Participant? sender, ReadOnlyMemory<byte> frames)
    {
        Debug.Assert(Gate.IsHeldByCurrentThread, "The order of a channel is made under its gate.");
        if (_members.Append(sender, frames, out long deliveries))
        {
            UpdateBackPressure_NeedsGate();
        }

        return deliveries;
    }
}
