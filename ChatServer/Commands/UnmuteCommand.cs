using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/unmute name|*</c>: ends a mute.</summary>
internal sealed class UnmuteCommand(IModeration moderation) : ModeratorCommand(
    ControlMessage.Unmute, " NAME|*: end a mute")
{
    protected override IReadOnlyList<string> Do(Participant sender, ControlMessage message) =>
        NameAndRest.TryRead(message, out string name, out _)
            ? moderation.Unmute(sender, name)
            : [AccountText.UnmuteRequiresName];
}
