using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>
/// Executes the frames of clients. Input: frames. Results: changes of channels, and frames in outboxes. Knows no socket and no thread;
/// each participant's calls come from one thread at a time, different participants' in parallel.
/// </summary>
/// <param name="chat">The channels.</param>
/// <param name="commands">The control messages that clients may send.</param>
/// <param name="names">Which names may be used.</param>
/// <param name="people">The participants by name; null if no command looks for one.</param>
/// <param name="mutes">The mutes; null for none.</param>
internal sealed class Dispatcher(IChat chat, CommandTable commands, NameRegistry names, People? people = null, IMutes? mutes = null)
{
    /// <summary>
    /// Makes a participant of a client, from its first frame. If it cannot have the name, the answer goes to <paramref name="outbox"/> and
    /// the result is null: the caller closes. Clients of one <paramref name="address"/> share one limit of channels that they create.
    /// </summary>
    /// <param name="firstFrame">The frame with the name, and nothing else.</param>
    /// <param name="outbox">Of the client.</param>
    /// <param name="address">Of the client.</param>
    /// <param name="peer">What else is known of the client. An authenticated client gets its name even if it is in use.</param>
    public Participant? Admit(ReadOnlySpan<byte> firstFrame, IOutbox outbox, string? address = null, PeerInfo? peer = null)
    {
        if (!ParticipantName.TryParse(firstFrame, out string name) || !names.Allows(name))
        {
            outbox.Append(Frame.Encode(ProtocolText.NameRefused));
            return null;
        }

        peer ??= PeerInfo.Unknown;
        if (!names.TryTake(name, peer.IsAuthenticated))
        {
            outbox.Append(Frame.Encode(ProtocolText.Fill(ProtocolText.NameInUse, name)));
            return null;
        }

        var participant = new Participant(name, outbox, address) { Peer = peer };
        ArriveResult result = chat.Arrive(participant);
        if (result != ArriveResult.Arrived)
        {
            names.Release(name);
            outbox.Append(Frame.Encode(
                result == ArriveResult.NameInUse ? ProtocolText.Fill(ProtocolText.NameInUse, name) : ProtocolText.ChatUnreachable));
            return null;
        }

        people?.Add(participant);
        return participant;
    }

    /// <summary>
    /// Removes a client that has left: the others in its channel get the notice, and its name is free again also if that fails. Blocks,
    /// holding no lock, as <see cref="IChat.Depart"/> does.
    /// </summary>
    public void Depart(Participant participant)
    {
        try
        {
            chat.Depart(participant);
        }
        finally
        {
            people?.Remove(participant); // before another client can take the name
            names.Release(participant.Name);
        }
    }

    /// <summary>True if all that the client has sent is done: then <see cref="Finish"/> has nothing to wait for.</summary>
    public bool IsDone(Participant participant) => chat.IsDone(participant);

    /// <summary>The client sends no more, because the server stops: waits until all that it has sent is done. Blocks as <see cref="IChat.Synchronize"/> does.</summary>
    public void Finish(Participant participant) => chat.Synchronize(participant);

    /// <summary>
    /// Executes <paramref name="frames"/>, any number of whole frames from <paramref name="sender"/>, in their
    /// order. A batch of normal messages goes to the channel as one. After each batch and each command it waits, holding no lock, if a
    /// receiver is slow (<see cref="IChat.Say"/>, <see cref="Participant.WaitForOwnTurn"/>). So it never executes many frames ahead of
    /// the receivers.
    /// </summary>
    public void Dispatch(Participant sender, ReadOnlySpan<byte> frames)
    {
        var batch = new MessageBatch(sender);
        while (!frames.IsEmpty && !sender.IsRemoved)
        {
            LeaveRemovedChannel(sender);
            ReadOnlySpan<byte> text = Frame.Text(frames[..Frame.Size]);
            frames = frames[Frame.Size..];

            if (sender.Channel is not null && !text.IsEmpty && !ControlMessage.IsControl(text))
            {
                batch.Add(text, following: frames);
                if (batch.IsFull)
                {
                    Deliver(sender, ref batch);
                    if (MustDropRest(sender))
                    {
                        return;
                    }
                }
            }
            else
            {
                Deliver(sender, ref batch);
                Apply(sender, text);
                sender.WaitForOwnTurn();
                if (MustDropRest(sender))
                {
                    return;
                }
            }
        }

        Deliver(sender, ref batch);
    }

    /// <summary>
    /// True if the connection of the sender is lost and others wait for their turn: then its remaining frames are discarded. Otherwise a client that
    /// sends much and resets the connection in a loop would keep a place and a thread each time. If no sender waits, everything is delivered.
    /// </summary>
    private static bool MustDropRest(Participant sender) => !sender.Outbox.IsOpen && sender.Channel is { HasBackPressure: true };

    /// <summary>A channel that was removed has no members. Only this thread may set <see cref="Participant.Channel"/>.</summary>
    private static void LeaveRemovedChannel(Participant sender)
    {
        if (sender.Channel is { IsClosed: true })
        {
            sender.Channel = null;
        }
    }

    private void Deliver(Participant sender, ref MessageBatch batch)
    {
        if (!batch.IsEmpty)
        {
            ReadOnlyMemory<byte> frames = batch.Take();
            if (!sender.IsRemoved && !IsMuted(sender))
            {
                chat.Say(sender, frames);
            }

            sender.WaitForOwnTurn(messages: frames.Length / Frame.Size);
        }
    }

    private void Apply(Participant sender, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return; // a frame of blanks is ignored
        }

        bool isControl = ControlMessage.TryParse(text, out ControlMessage message);
        ControlCommand? command = isControl ? commands.Find(message.Word) : null;
        if (command?.SynchronizesItself(message) != true)
        {
            chat.Synchronize(sender);
        }

        if (!isControl)
        {
            sender.Reply(ProtocolText.ClientNotInChannel);
        }
        else if (command?.IsFor(sender) != true)
        {
            sender.Reply(ProtocolText.Fill(ProtocolText.InvalidControlMessage, message.Word));
        }
        else if (!command.CarriesText(message) || !IsMuted(sender))
        {
            command.Run(sender, message);
        }
    }

    /// <summary>True if nobody gets what the sender says, in its channel or to one person. Then the sender gets a notice, but not for each message.</summary>
    private bool IsMuted(Participant sender) => mutes?.Silences(sender) == true;
}
