using System.Diagnostics;

namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// A channel: its members, and the one order in which they see what happens in it. Every change of membership and
/// every message takes the gate and is appended to each member's outbox before the gate is released; so all members
/// see the same sequence, and a message reaches exactly those who are members at that moment.
/// </summary>
/// <remarks>
/// While a member is congested no message is appended. The senders then stand in line, first come first served, and the head
/// of the line waits for the member. So the senders, however many there are, never fill a member that reads.
/// </remarks>
[DebuggerDisplay("{Name}: {_members.Count} members, {_congested.Count} congested, {_line.Count} senders in line, closed: {IsClosed}")]
internal sealed class Channel
{
    /// <summary>A line with room for more than so many senders gives its memory back when it is empty.</summary>
    private const int LongLine = 64;

    /// <summary>
    /// Guards <see cref="_members"/>, the order of what is appended to their outboxes, <see cref="_congested"/> and
    /// <see cref="_line"/>. Taken under no other lock; under it only the outboxes' own gates are taken.
    /// </summary>
    private readonly Lock _gate = new();

    private readonly MemberList _members = new();

    /// <summary>The members that were congested when something was appended to them; some may have room again.</summary>
    private readonly MemberList _congested = new();

    /// <summary>The senders that wait for their turn. The head has the turn.</summary>
    private readonly Queue<Participant> _line = new();

    private volatile bool _isCrowded; // written under the gate, read without

    /// <summary>When it was found empty, guarded by the gate; null while it is not, or was entered since.</summary>
    private long? _emptySince;

    /// <summary>How many have found it and are about to enter. Guarded by the gate.</summary>
    private int _expected;

    private volatile bool _isClosed; // written under the gate

    /// <summary>A channel with nobody in it.</summary>
    /// <param name="name">As it is shown.</param>
    public Channel(string name) => Name = name;

    /// <summary>A channel with its creator in it, and nobody to tell.</summary>
    public Channel(string name, Participant creator)
        : this(name)
    {
        _congested.EnsureCapacity(1);
        _members.Add(creator);
    }

    /// <summary>True while a member is congested or senders stand in line: a sender should then send little at a time.</summary>
    public bool IsCrowded => _isCrowded;

    /// <summary>The name as it is shown: as its creator typed it. Immutable.</summary>
    public string Name { get; }

    /// <summary>True once nobody can enter it any more.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>
    /// Closes the channel if it has been empty for <paramref name="limit"/> when it is <paramref name="now"/>, counted from the
    /// first call that finds it empty.
    /// </summary>
    public bool TryClose(long now, long limit)
    {
        lock (_gate)
        {
            if (_members.Count > 0 || _expected > 0)
            {
                _emptySince = null;
            }
            else
            {
                _emptySince ??= now;
                _isClosed = now - _emptySince >= limit;
            }

            return _isClosed;
        }
    }

    /// <summary>
    /// Keeps the channel open for somebody who is about to enter. False where it is closed; otherwise <see cref="Enter"/> must
    /// follow.
    /// </summary>
    public bool TryExpect()
    {
        lock (_gate)
        {
            _expected += _isClosed ? 0 : 1;
            return !_isClosed;
        }
    }

    /// <summary>Takes back <see cref="TryExpect"/>: who was expected does not come.</summary>
    public void ExpectNoMore()
    {
        lock (_gate)
        {
            _expected--;
        }
    }

    /// <summary>Lets <paramref name="newcomer"/>, who was expected, in and tells the others.</summary>
    public void Enter(Participant newcomer)
    {
        lock (_gate)
        {
            _expected--;
            _emptySince = null;
            // All that can fail for want of memory comes before the first append.
            _congested.EnsureCapacity(_members.Count + 1);
            _members.Add(newcomer);
            SendToOthers_NeedsGate(newcomer, newcomer.JoinedNotice);
        }
    }

    /// <summary>Takes <paramref name="leaver"/>, a member, out and tells the others. Needs no memory, so it cannot fail for want of it.</summary>
    public void Leave(Participant leaver)
    {
        lock (_gate)
        {
            _members.Remove(leaver);
            if (leaver.IsListedAsCongested)
            {
                leaver.IsListedAsCongested = false;
                _congested.Remove(leaver);
            }

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
                SendToOthers_NeedsGate(sender, frames);
                return;
            }
        }

        TakeTurn(sender, frames);
    }

    /// <summary>Blocks, holding no lock, as <see cref="Broadcast"/> does, and sends nothing: for who is about to cause a notice.</summary>
    public void WaitForSpace(Participant sender)
    {
        if (_isCrowded)
        {
            TakeTurn(sender, default);
        }
    }

    private void TakeTurn(Participant sender, ReadOnlyMemory<byte> frames)
    {
        bool isHead = StandInLine(sender);
        try
        {
            if (!isHead)
            {
                sender.Outbox.WaitForTurn();
            }

            while (!TrySend(sender, frames, out IOutbox? full))
            {
                full!.WaitForSpace(); // bounded: a member that makes no room is cut off
            }
        }
        finally
        {
            LeaveLine(sender);
        }
    }

    /// <summary>True where the sender is the head.</summary>
    private bool StandInLine(Participant sender)
    {
        lock (_gate)
        {
            _line.Enqueue(sender);
            _isCrowded = true;
            return _line.Count == 1;
        }
    }

    /// <summary>Passes the turn to the next one. A sender that has failed before its turn came only leaves.</summary>
    private void LeaveLine(Participant sender)
    {
        Participant? next = null;
        lock (_gate)
        {
            if (_line.Peek() != sender)
            {
                RemoveFromLine_NeedsGate(sender);
                return;
            }

            _line.Dequeue();
            if (!_line.TryPeek(out next))
            {
                _isCrowded = _congested.Count > 0;
                TrimLine_NeedsGate();
            }
        }

        next?.Outbox.GrantTurn();
    }

    /// <summary>Needs no memory: all of the others are taken out and put back.</summary>
    private void RemoveFromLine_NeedsGate(Participant sender)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The line is the gate's.");
        for (int left = _line.Count; left > 0; left--)
        {
            Participant other = _line.Dequeue();
            if (other != sender)
            {
                _line.Enqueue(other);
            }
        }
    }

    private void TrimLine_NeedsGate()
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The line is the gate's.");
        if (_line.Capacity <= LongLine)
        {
            return;
        }

        try
        {
            _line.TrimExcess();
        }
        catch (OutOfMemoryException)
        {
            // Later, then.
        }
    }

    private bool TrySend(Participant sender, ReadOnlyMemory<byte> frames, out IOutbox? full)
    {
        lock (_gate)
        {
            full = FirstCongested_NeedsGate(sender);
            if (full is null && !frames.IsEmpty)
            {
                SendToOthers_NeedsGate(sender, frames);
            }

            return full is null;
        }
    }

    /// <summary>A member other than <paramref name="sender"/> that is congested, or null. Those that have room again are forgotten.</summary>
    private IOutbox? FirstCongested_NeedsGate(Participant sender)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The list of congested members is the gate's.");
        for (int i = _congested.Count - 1; i >= 0; i--)
        {
            Participant member = _congested[i];
            if (!member.Outbox.IsCongested)
            {
                member.IsListedAsCongested = false;
                _congested.RemoveAt(i);
                _isCrowded = _congested.Count > 0 || _line.Count > 0;
            }
            else if (member != sender)
            {
                return member.Outbox;
            }
        }

        return null;
    }

    private void SendToOthers_NeedsGate(Participant sender, ReadOnlyMemory<byte> frames)
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
                member.IsListedAsCongested = true;
                _congested.Add(member); // there is room: see Enter
                _isCrowded = true;
            }
        }

        sender.Caused((long)receivers * frames.Length);
    }
}
