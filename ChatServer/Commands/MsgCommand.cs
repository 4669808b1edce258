using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>
/// <c>/msg name text</c>: sends the text to one person, wherever that person is, as <c>[[Sender]] text</c>. No name has a bracket,
/// so no message in a channel looks like that. A name with blanks stands in brackets: <c>/msg [Ana Maria] text</c>.
/// </summary>
/// <remarks>
/// Without brackets the name is always the first word, also if a longer name is in use. If it were the longest name that fits,
/// a client with the name <c>Ana is</c> would get a message for Ana.
/// </remarks>
internal sealed class MsgCommand(IDirectMessages people) : ControlCommand(
    ControlMessage.Msg, " NAME TEXT: a message to one person. A name with spaces stands in brackets: " + ControlMessage.Msg + " [Ana Maria] hello")
{
    public override bool CarriesText(ControlMessage message) => TryRead(message, out _, out _);

    public override void Run(Participant sender, ControlMessage message)
    {
        if (!TryRead(message, out string name, out string text))
        {
            sender.Reply(ExtendedText.MsgRequiresArguments);
        }
        else if (!people.TrySend(sender, name, PrefixedText.Encode($"[[{sender.Name}]] ", text)))
        {
            sender.Reply(ProtocolText.Fill(ExtendedText.NobodyOfThatName, name));
        }
    }

    private static bool TryRead(ControlMessage message, out string name, out string text) =>
        NameAndRest.TryRead(message, out name, out text) && text.Length > 0;
}
