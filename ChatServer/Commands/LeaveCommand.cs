using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/leave</c>: takes the sender out of its channel, into none.</summary>
internal sealed class LeaveCommand(IChat chat) : ControlCommand(ControlMessage.Leave, ": leave the channel")
{
    public override void Run(Participant sender, ControlMessage message)
    {
        if (sender.Channel is null)
        {
            sender.Reply(ExtendedText.NotInChannel);
        }
        else
        {
            chat.Leave(sender);
        }
    }
}
