using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/kick name [reason]</c>: removes the clients with a name.</summary>
internal sealed class KickCommand(IModeration moderation) : ModeratorCommand(
    ControlMessage.Kick, " NAME [REASON]: remove a person")
{
    protected override IReadOnlyList<string> Do(Participant sender, ControlMessage message) =>
        NameAndRest.TryRead(message, out string name, out string reason)
            ? moderation.Kick(sender, name, reason)
            : [AccountText.KickRequiresName];
}
