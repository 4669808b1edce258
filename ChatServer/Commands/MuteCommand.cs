using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/mute name|* [minutes]</c>: the others get nothing of what a person says.</summary>
internal sealed class MuteCommand(IModeration moderation) : ModeratorCommand(
    ControlMessage.Mute, " NAME|* [MINUTES]: stop delivery of a person's messages, or (*) of everybody's")
{
    protected override IReadOnlyList<string> Do(Participant sender, ControlMessage message) =>
        NameAndRest.TryReadMinutes(message, out string name, out int? minutes)
            ? moderation.Mute(sender, name, minutes)
            : [AccountText.MuteRequiresName];
}
