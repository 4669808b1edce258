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

    /// <summary>A channel with its creator in it, and nobody to tell.</summary>
    public Channel(Participant creator) => _members = [creator];

    /// <summary>Lets <paramref name="newcomer"/> in and tells the others.</summary>
    public void Enter(Participant newcomer)
    {
        byte[] notice = Frame.Encode(ProtocolText.Fill(ProtocolText.ClientJoined, newcomer.Name));
        lock (_gate)
        {
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
