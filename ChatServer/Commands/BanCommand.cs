using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/ban name|address/length [minutes]</c>: removes a person or a network, and keeps it out.</summary>
internal sealed class BanCommand(IModeration moderation) : ModeratorCommand(
    ControlMessage.Ban, " NAME|ADDRESS/LENGTH [MINUTES]: remove a person or a network, and keep it out")
{
    protected override IReadOnlyList<string> Do(Participant sender, ControlMessage message) =>
        NameAndRest.TryReadMinutes(message, out string target, out int? minutes)
            ? moderation.Ban(sender, target, minutes)
            : [AccountText.BanRequiresTarget];
}
