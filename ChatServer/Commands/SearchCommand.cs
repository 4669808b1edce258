using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/search words</c>: answers with the newest messages of the sender's channel that have all of the words, oldest first.</summary>
internal sealed class SearchCommand(IHistory history) : ControlCommand(
    ControlMessage.Search, " WORDS: the newest messages of the channel with all of these words")
{
    private const int Most = 20;

    public override void Run(Participant sender, ControlMessage message)
    {
        List<string> words = Characters.Words(message.Rest, most: int.MaxValue);
        if (sender.Channel is not Channel channel)
        {
            sender.Reply(ExtendedText.NotInChannel);
        }
        else if (!words.Any(Characters.HasLetterOrDigit))
        {
            sender.Reply(ExtendedText.SearchRequiresWords);
        }
        else
        {
            HistoryAnswer.Send(sender, history.Find(sender, channel.Record, words, Most), ifNone: ExtendedText.NothingFound);
        }
    }
}
