using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/mute name|* [minutes]</c>: the others get nothing of what a person says.</summary>
internal sealed class MuteCommand(IModeration moderation) : ModeratorCommand(
    ControlMessage.Mute, " NAME|* [MINUTES]: let nobody get what a person says, or everybody")
{
    protected override IReadOnlyList<string> Do(Participant sender, ControlMessage message) =>
        NameAndRest.TryReadMinutes(message, out string name, out int? minutes)
            ? moderation.Mute(sender, name, minutes)
            : [AccountText.MuteRequiresName];
}
