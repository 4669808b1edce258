using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/create channel</c>: makes a channel and puts the sender into it.</summary>
internal sealed class CreateCommand(IChat chat, ILogger log) : ControlCommand(ControlMessage.Create, " CHANNEL: make a channel and enter it")
{
    public override bool SynchronizesItself(ControlMessage message) => message.Argument is not null;

    public override void Run(Participant sender, ControlMessage message)
    {
        if (message.Argument is not string channel)
        {
            sender.Reply(ProtocolText.CreateRequiresArgument);
            return;
        }

        switch (chat.Create(sender, channel))
        {
            case CreateResult.Exists:
                sender.Reply(ProtocolText.Fill(ProtocolText.ChannelExists, channel));
                break;
            case CreateResult.Full:
                sender.Reply(ProtocolText.TooManyChannels);
                break;
            default:
                log.Joined(sender.Name, channel);
                break;
        }
    }
}
