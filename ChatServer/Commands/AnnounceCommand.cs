using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/announce text</c>: sends a text to everybody.</summary>
internal sealed class AnnounceCommand(IModeration moderation) : ModeratorCommand(
    ControlMessage.Announce, " TEXT: a text for everybody")
{
    protected override IReadOnlyList<string> Do(Participant sender, ControlMessage message) =>
        message.Rest.Length > 0
            ? moderation.Announce(sender, message.Rest)
            : [AccountText.AnnounceRequiresText];
}
