using System.Diagnostics;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>
/// Does what clients ask for: frames in, changes of channels and frames in outboxes out. Knows no socket and no thread;
/// each participant's calls come from one thread at a time, different participants' in parallel.
/// </summary>
internal sealed class Dispatcher(ChannelTable channels, NameRegistry names, ILogger log)
{
    private readonly ChannelList _list = new(channels);

    /// <summary>
    /// Lets a client in by its first frame. Where the name cannot be had the answer goes to <paramref name="outbox"/> and
    /// the result is null: the caller closes. Those of one <paramref name="address"/> share what channels they may create.
    /// </summary>
    public Participant? Admit(ReadOnlySpan<byte> firstFrame, IOutbox outbox, string? address = null)
    {
        if (!ParticipantName.TryParse(firstFrame, out string name) || !names.Allows(name))
        {
            outbox.Append(Frame.Encode(ProtocolText.NameRefused));
            return null;
        }

        if (!names.TryTake(name))
        {
            outbox.Append(Frame.Encode(ProtocolText.Fill(ProtocolText.NameInUse, name)));
            return null;
        }

        return new Participant(name, outbox, address);
    }

    /// <summary>Takes out a client that has gone: the others in its channel are told, its name is free again.</summary>
    public void Depart(Participant participant)
    {
        try
        {
            // When many go at once their notices must not be too much for those that read.
            participant.Channel?.WaitForSpace(participant);
        }
        finally
        {
            participant.Channel?.Leave(participant);
            participant.Channel = null;
            names.Release(participant.Name);
        }
    }

    /// <summary>
    /// Does what <paramref name="frames"/>, any number of whole frames from <paramref name="sender"/>, ask for, in their
    /// order. A run of normal messages goes to the channel as one. Blocks, holding no lock, where somebody does not keep up
    /// with what this sender causes (<see cref="Channel.Broadcast"/>, <see cref="Participant.WaitForOwnTurn"/>): before it does more, not
    /// after all of it.
    /// </summary>
    public void Dispatch(Participant sender, ReadOnlySpan<byte> frames)
    {
        var run = new MessageBatch(sender);
        while (!frames.IsEmpty)
        {
            ReadOnlySpan<byte> text = Frame.Text(frames[..Frame.Size]);
            frames = frames[Frame.Size..];

            Command command = CommandParser.Parse(text);
            if (command is Command.Say && sender.Channel is not null)
            {
                run.Add(text, toCome: frames);
                if (run.IsFull)
                {
                    Deliver(sender, ref run);
                }
            }
            else
            {
                Deliver(sender, ref run);
                Apply(sender, command);
                sender.WaitForOwnTurn();
            }
        }

        Deliver(sender, ref run);
    }

    private static void Deliver(Participant sender, ref MessageBatch run)
    {
        if (!run.IsEmpty)
        {
            sender.Channel?.Broadcast(sender, run.Take());
            sender.WaitForOwnTurn();
        }
    }

    private void Apply(Participant sender, Command command)
    {
        switch (command)
        {
            case Command.Blank:
                break;
            case Command.Say:
                Reply(sender, ProtocolText.ClientNotInChannel);
                break;
            case Command.Create(null):
                Reply(sender, ProtocolText.CreateRequiresArgument);
                break;
            case Command.Create(string channel):
                Create(sender, channel);
                break;
            case Command.Join(null):
                Reply(sender, ProtocolText.JoinRequiresArgument);
                break;
            case Command.Join(string channel):
                Join(sender, channel);
                break;
            case Command.List:
                List(sender);
                break;
            case Command.Unknown(string word):
                Reply(sender, ProtocolText.Fill(ProtocolText.InvalidControlMessage, word));
                break;
            default:
                throw new UnreachableException($"No case for {command}.");
        }
    }

    private void Create(Participant sender, string name)
    {
        sender.Channel?.WaitForSpace(sender);
        switch (channels.TryCreate(name, sender, out Channel? created))
        {
            case CreateResult.Exists:
                Reply(sender, ProtocolText.Fill(ProtocolText.ChannelExists, name));
                break;
            case CreateResult.Full:
                Reply(sender, ProtocolText.TooManyChannels);
                break;
            default:
                Move(sender, created!, isMember: true);
                log.Joined(sender.Name, name);
                break;
        }
    }

    private void Join(Participant sender, string name)
    {
        Channel? channel = channels.Find(name);
        if (channel is null || !channel.TryExpect())
        {
            Reply(sender, ProtocolText.Fill(ProtocolText.NoChannelExists, name));
            return;
        }

        // The others are told of it without a wait under the gate: the wait is here.
        WaitForSpaceToMove(sender, channel);
        Move(sender, channel, isMember: false);
        log.Joined(sender.Name, name);
    }

    private static void WaitForSpaceToMove(Participant sender, Channel to)
    {
        bool isThereRoom = false;
        try
        {
            sender.Channel?.WaitForSpace(sender);
            to.WaitForSpace(sender);
            isThereRoom = true;
        }
        finally
        {
            if (!isThereRoom)
            {
                to.ExpectNoMore();
            }
        }
    }

    /// <summary>Out of one channel and into the other. Whatever fails, the sender is a member of no channel but its own.</summary>
    private static void Move(Participant sender, Channel to, bool isMember)
    {
        Channel? from = sender.Channel;
        sender.Channel = isMember ? to : null;
        from?.Leave(sender);
        if (!isMember)
        {
            to.Enter(sender);
            sender.Channel = to;
        }
    }

    private void List(Participant sender)
    {
        // The names of all channels may be more than an outbox holds at once.
        string? last = null;
        while (sender.Outbox.IsOpen && _list.Next(ref last) is { IsEmpty: false } part)
        {
            sender.Answer(part);
            sender.WaitForOwnTurn();
        }
    }

    private static void Reply(Participant sender, string text)
    {
        // Who asked a thousand things and left is not answered; what it told others before it left they still get.
        if (sender.Outbox.IsOpen)
        {
            sender.Answer(Frame.Encode(text));
        }
    }
}
