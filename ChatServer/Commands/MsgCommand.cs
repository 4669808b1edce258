using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>
/// <c>/msg name text</c>: sends the text to one person, wherever that person is, as <c>[[Sender]] text</c>. No name has a bracket,
/// so no message in a channel looks like that. A name with blanks stands in brackets: <c>/msg [Ana Maria] text</c>.
/// </summary>
/// <remarks>
/// Without brackets the name is always the first word, also if a longer name is in use. If it were the longest name that fits,
/// a client with the name <c>Ana is</c> would get a message for Ana.
/// </remarks>
internal sealed class MsgCommand(People people) : ControlCommand(
    ControlMessage.Msg, " NAME TEXT: a message to one person. A name with spaces stands in brackets: " + ControlMessage.Msg + " [Ana Maria] hello")
{
    public override void Run(Participant sender, ControlMessage message)
    {
        if (!TryRead(message, out string name, out string text))
        {
            sender.Reply(ExtendedText.MsgRequiresArguments);
        }
        else if (people.MailboxOf(name) is not Channel mailbox)
        {
            sender.Reply(ProtocolText.Fill(ExtendedText.NobodyOfThatName, name));
        }
        else
        {
            mailbox.Broadcast(sender, PrefixedText.Encode($"[[{sender.Name}]] ", text));
        }
    }

    private static bool TryRead(ControlMessage message, out string name, out string text)
    {
        int close = message.Rest.IndexOf(']', StringComparison.Ordinal);
        bool isInBrackets = message.Rest.StartsWith('[') && close > 0;
        name = isInBrackets ? message.Rest[1..close].Trim() : message.Argument ?? "";
        text = Characters.TrimStart(message.Rest[(isInBrackets ? close + 1 : name.Length)..]);
        return name.Length > 0 && text.Length > 0;
    }
}
