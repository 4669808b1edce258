using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/who [channel]</c>: answers with the names of the members of a channel, in ordinal order; without an argument, of the sender's.</summary>
internal sealed class WhoCommand(IChat chat) : ControlCommand(ControlMessage.Who, " [CHANNEL]: the names of the people in a channel")
{
    public override void Run(Participant sender, ControlMessage message)
    {
        if ((message.Argument ?? sender.Channel?.Name) is not string channel)
        {
            sender.Reply(ExtendedText.WhoRequiresArgument);
        }
        else if (chat.MemberNames(channel) is not string[] names)
        {
            sender.Reply(ProtocolText.Fill(ProtocolText.NoChannelExists, channel));
        }
        else if (names.Length == 0)
        {
            sender.Reply(ProtocolText.Fill(ExtendedText.NobodyInChannel, channel));
        }
        else
        {
            Answer(sender, names);
        }
    }

    /// <summary>In chunks: the names may be more than an outbox holds at once.</summary>
    private static void Answer(Participant sender, string[] names)
    {
        Array.Sort(names, StringComparer.Ordinal);
        ReadOnlySpan<string> rest = names;
        while (!rest.IsEmpty && sender.Outbox.IsOpen)
        {
            sender.Answer(PackedNames.Encode(rest, out int encoded));
            rest = rest[encoded..];
            sender.WaitForOwnTurn();
        }
    }
}
