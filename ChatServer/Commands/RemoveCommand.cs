using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/remove channel</c>: removes a channel.</summary>
internal sealed class RemoveCommand(IModeration moderation) : ModeratorCommand(
    ControlMessage.Remove, " CHANNEL: remove a channel")
{
    protected override IReadOnlyList<string> Do(Participant sender, ControlMessage message) =>
        message.Argument is string channel
            ? moderation.Remove(sender, channel)
            : [AccountText.RemoveRequiresChannel];
}
