using System.Diagnostics;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// A channel: its members, and the one order in which they see what happens in it. Every change of membership and
/// every message takes the gate and is appended to each member's outbox before the gate is released; so all members
/// see the same sequence, and a message reaches exactly those who are members at that moment.
/// </summary>
internal sealed class Channel
{
    /// <summary>
    /// Guards <see cref="_members"/> and the order of what is appended to their outboxes. Taken under no other lock;
    /// under it only the outboxes' own gates are taken.
    /// </summary>
    private readonly Lock _gate = new();

    private readonly List<Participant> _members;

    /// <summary>When it was found empty, guarded by the gate; null while it is not, or was entered since.</summary>
    private long? _emptySince;

    /// <summary>How many have found it and are about to enter. Guarded by the gate.</summary>
    private int _expected;

    private volatile bool _isClosed; // written under the gate

    /// <summary>A channel with its creator in it, and nobody to tell.</summary>
    public Channel(Participant creator) => _members = [creator];

    /// <summary>A channel with nobody in it.</summary>
    public Channel() => _members = [];

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

    /// <summary>Lets <paramref name="newcomer"/>, who was expected, in and tells the others.</summary>
    public void Enter(Participant newcomer)
    {
        byte[] notice = Frame.Encode(ProtocolText.Fill(ProtocolText.ClientJoined, newcomer.Name));
        lock (_gate)
        {
            _expected--;
            _emptySince = null;
            _members.Add(newcomer);
            SendToOthers_NeedsGate(newcomer, notice);
        }
    }

    /// <summary>Takes <paramref name="leaver"/>, a member, out and tells the others.</summary>
    public void Leave(Participant leaver)
    {
        byte[] notice = Frame.Encode(ProtocolText.Fill(ProtocolText.ClientLeft, leaver.Name));
        lock (_gate)
        {
            _members.Remove(leaver);
            SendToOthers_NeedsGate(leaver, notice);
        }
    }

    /// <summary>Sends whole frames, which must never change again, to every member but <paramref name="sender"/>.</summary>
    public void Broadcast(Participant sender, ReadOnlyMemory<byte> frames)
    {
        lock (_gate)
        {
            SendToOthers_NeedsGate(sender, frames);
        }
    }

    private void SendToOthers_NeedsGate(Participant sender, ReadOnlyMemory<byte> frames)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The order of a channel is made under its gate.");
        foreach (Participant member in _members)
        {
            if (member != sender)
            {
                sender.Send(member, frames);
            }
        }
    }
}
