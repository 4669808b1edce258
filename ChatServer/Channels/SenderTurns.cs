using System.Diagnostics;

namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// The waits of the senders of a channel. While a member is congested no message is appended. The senders then wait in a line, first come
/// first served, and the first of them waits for the member. So any number of senders never fills the queue of a member that reads.
/// </summary>
/// <remarks>A base class and not a part of its own, so that all that a message needs lies in one object.</remarks>
internal abstract class SenderTurns
{
    private volatile bool _isCrowded; // written under the gate, read without

    /// <summary>True while a member is congested or senders wait in the line: a sender should then send little at a time.</summary>
    public bool IsCrowded => _isCrowded;

    /// <summary>
    /// Guards <see cref="Line"/>, and what <see cref="Channel"/> says. Under it: the gate of one outbox at a time, or that of the
    /// history's queue. With --cluster it is taken under the gate of <c>GuardedReplica</c>.
    /// </summary>
    protected Lock Gate { get; } = new();

    protected SenderLine Line { get; } = new();

    protected StallRecord Stalls { get; } = new();

    /// <summary>Blocks, holding no lock, as <see cref="Channel.Broadcast"/> does, and sends nothing: for a participant that is about to cause a notice.</summary>
    public void WaitForSpace(Participant sender)
    {
        if (_isCrowded)
        {
            TakeTurn(sender, frames: default, act: null);
        }
    }

    /// <summary>
    /// Does something when it is this sender's turn, holding no lock: blocks as <see cref="Channel.Broadcast"/> does. The next sender has its
    /// turn after that.
    /// </summary>
    public void InTurn(Participant sender, Action act) => TakeTurn(sender, frames: default, act);

    /// <summary>Stands in line, waits until no other member is congested, sends the frames, and does what is to be done in this turn.</summary>
    protected void TakeTurn(Participant sender, ReadOnlyMemory<byte> frames, Action? act)
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
                sender.Outbox.WaitFor(congested!, Stalls); // bounded: a member that makes no space is disconnected
            }

            act?.Invoke();
        }
        finally
        {
            LeaveLine(sender);
        }
    }

    /// <summary>Sends the frames, if there are any. False while a member other than the sender is congested: then nothing is sent.</summary>
    protected abstract bool TrySend(Participant sender, ReadOnlyMemory<byte> frames, out IOutbox? congested);

    /// <summary>True while members are congested, as far as is known.</summary>
    protected abstract bool HasCongested_NeedsGate();

    /// <summary>Brings <see cref="IsCrowded"/> up to date.</summary>
    protected void UpdateCrowded_NeedsGate()
    {
        Debug.Assert(Gate.IsHeldByCurrentThread, "The line is the gate's.");

        // Only a change is written: each write would cost the readers of this field a cache miss.
        bool isCrowded = Line.Count > 0 || HasCongested_NeedsGate();
        if (_isCrowded != isCrowded)
        {
            _isCrowded = isCrowded;
        }
    }

    /// <summary>True if the sender is the head.</summary>
    private bool StandInLine(Participant sender)
    {
        lock (Gate)
        {
            bool isHead = Line.Add(sender);
            UpdateCrowded_NeedsGate();
            return isHead;
        }
    }

    /// <summary>Passes the turn to the next sender. One that has failed before its turn came only leaves.</summary>
    private void LeaveLine(Participant sender)
    {
        Participant? next;
        lock (Gate)
        {
            next = Line.Remove(sender);
            UpdateCrowded_NeedsGate();
        }

        next?.Outbox.GrantTurn();
    }
}
