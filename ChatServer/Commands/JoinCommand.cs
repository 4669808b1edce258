using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/join channel</c>: moves the sender into a channel that exists.</summary>
internal sealed class JoinCommand(IChat chat, ILogger log) : ControlCommand(ControlMessage.Join, " CHANNEL: enter a channel")
{
    public override bool SynchronizesItself(ControlMessage message) => message.Argument is not null;

    public override void Run(Participant sender, ControlMessage message)
    {
        if (message.Argument is not string channel)
        {
            sender.Reply(ProtocolText.JoinRequiresArgument);
        }
        else if (chat.TryJoin(sender, channel))
        {
            log.Joined(sender.Name, channel);
        }
        else
        {
            sender.Reply(ProtocolText.Fill(ProtocolText.NoChannelExists, channel));
        }
    }
}
