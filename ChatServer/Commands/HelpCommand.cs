using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/help</c>: answers with a line for each command.</summary>
internal sealed class HelpCommand(IReadOnlyList<ControlCommand> others) : ControlCommand(ControlMessage.Help, ": these lines")
{
    public override void Run(Participant sender, ControlMessage message)
    {
        foreach (ControlCommand command in others.Where(command => command.IsFor(sender)))
        {
            sender.Reply(command.Help);
        }

        sender.Reply(Help);
    }
}
