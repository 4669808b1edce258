using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/unban name|address/length</c>: ends a ban.</summary>
internal sealed class UnbanCommand(IModeration moderation) : ModeratorCommand(
    ControlMessage.Unban, " NAME|ADDRESS/LENGTH: end a ban")
{
    protected override IReadOnlyList<string> Do(Participant sender, ControlMessage message) =>
        NameAndRest.TryRead(message, out string target, out _)
            ? moderation.Unban(sender, target)
            : [AccountText.UnbanRequiresTarget];
}
