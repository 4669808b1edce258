using System.Diagnostics;
using System.Runtime.CompilerServices;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// The waits of the senders of a channel. While a member is congested no message is appended. The senders then wait in a
/// <see cref="SenderLine"/>, and the first of them waits for the member. So any number of senders never fills the queue of a member that reads.
/// A sender that ends its turn also sends the messages of some waiting senders, in order. On a busy machine, waking up their threads would
/// cost much more than the messages.
/// </summary>
/// <remarks>A base class and not a part of its own, so that all that a message needs lies in one object.</remarks>
internal abstract class SenderTurns
{
    /// <summary>A turn serves others until it has sent so many frames for them: a long batch. The last batch is sent as a whole. A sender without frames, which waits to cause a notice, counts as one.</summary>
    private const int MostServed = 64;

    private volatile bool _hasBackPressure; // written under the gate, read without

    /// <summary>True while a member is congested or senders wait in the line: a sender should then send little at a time.</summary>
    public bool HasBackPressure => _hasBackPressure;

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
        if (_hasBackPressure)
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
        bool isHead = StandInLine(sender, act is null ? frames : default(ReadOnlyMemory<byte>?));
        try
        {
            if (!isHead)
            {
                sender.Outbox.WaitForTurn();
                if (sender.IsServed)
                {
                    return;
                }
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

    /// <summary>A member other than <paramref name="sender"/> that is congested, or null.</summary>
    protected abstract IOutbox? FirstCongested_NeedsGate(Participant? sender);

    /// <summary>Sends the frames to the others.</summary>
    protected abstract void Deliver_NeedsGate(Participant sender, ReadOnlyMemory<byte> frames);

    /// <summary>True while members are congested, as far as is known.</summary>
    protected abstract bool HasCongested_NeedsGate();

    /// <summary>Brings <see cref="HasBackPressure"/> up to date.</summary>
    protected void UpdateBackPressure_NeedsGate()
    {
        Debug.Assert(Gate.IsHeldByCurrentThread, "The line is the gate's.");

        // Only a change is written: each write would cost the readers of this field a cache miss.
        bool hasBackPressure = Line.Count > 0 || HasCongested_NeedsGate();
        if (_hasBackPressure != hasBackPressure)
        {
            _hasBackPressure = hasBackPressure;
        }
    }

    /// <summary>Sends the frames, if there are any. False while a member other than the sender is congested: then nothing is sent.</summary>
    private bool TrySend(Participant sender, ReadOnlyMemory<byte> frames, out IOutbox? congested)
    {
        lock (Gate)
        {
            congested = FirstCongested_NeedsGate(sender);
            if (congested is null && !frames.IsEmpty)
            {
                Deliver_NeedsGate(sender, frames);
            }

            return congested is null;
        }
    }

    /// <summary>True if the sender is the head.</summary>
    private bool StandInLine(Participant sender, ReadOnlyMemory<byte>? frames)
    {
        lock (Gate)
        {
            sender.IsServed = false;
            bool isHead = Line.Add(sender, frames);
            UpdateBackPressure_NeedsGate();
            return isHead;
        }
    }

    /// <summary>
    /// Serves some senders, and passes the turn to the next one. A sender that was served, or has failed before its turn came, only leaves.
    /// Also if a delivery fails, those that have left the line continue, and so does the line.
    /// </summary>
    private void LeaveLine(Participant sender)
    {
        Participant? next = null;
        var served = default(Senders);
        int count = 0;
        try
        {
            lock (Gate)
            {
                try
                {
                    if (!sender.IsServed)
                    {
                        next = Line.Remove(sender);
                        ServeOthers_NeedsGate(ref next, ref served, ref count);
                    }
                }
                finally
                {
                    UpdateBackPressure_NeedsGate();
                }
            }
        }
        finally
        {
            foreach (Participant one in served[..count])
            {
                one.Outbox.GrantTurn();
            }

            next?.Outbox.GrantTurn();
        }
    }

    /// <summary>Does what the first senders of the line wait to do. They leave the line.</summary>
    private void ServeOthers_NeedsGate(ref Participant? next, ref Senders served, ref int count)
    {
        Debug.Assert(Gate.IsHeldByCurrentThread, "The line is the gate's.");
        int sent = 0;
        while (sent < MostServed && CanServe_NeedsGate(next, out ReadOnlyMemory<byte> frames))
        {
            // It leaves the line first, so that a failed delivery cannot leave it there.
            Participant one = next!;
            one.IsServed = true;
            served[count++] = one;
            sent += Math.Max(1, frames.Length / Frame.Size);
            next = Line.Remove(one);
            if (!frames.IsEmpty)
            {
                Deliver_NeedsGate(one, frames);
            }
        }
    }

    /// <summary>True if the head waits only to send frames, or for nothing but its turn, and no member other than it is congested.</summary>
    private bool CanServe_NeedsGate(Participant? head, out ReadOnlyMemory<byte> frames)
    {
        Debug.Assert(Gate.IsHeldByCurrentThread, "The line is the gate's.");
        ReadOnlyMemory<byte>? waiting = head is null ? null : Line.FramesOfHead();
        frames = waiting ?? default;
        return waiting is not null && FirstCongested_NeedsGate(head) is null;
    }

    [InlineArray(MostServed)]
    private struct Senders
    {
        private Participant _first;
    }
}
