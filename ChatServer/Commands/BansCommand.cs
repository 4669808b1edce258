using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/bans</c>: lists the bans.</summary>
internal sealed class BansCommand(IModeration moderation) : ModeratorCommand(
    ControlMessage.Bans, ": the bans")
{
    protected override IReadOnlyList<string> Do(Participant sender, ControlMessage message) =>
        moderation.Bans(sender);
}
