using System.Globalization;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/history [n]</c>: answers with the last messages of the sender's channel, oldest first.</summary>
internal sealed class HistoryCommand(IHistory history) : ControlCommand(
    ControlMessage.History, " [N]: the last N messages of the channel, 20 without a number, at most 200")
{
    private const int Default = 20;
    private const int Most = 10 * Default;

    public override void Run(Participant sender, ControlMessage message)
    {
        int count = Default;
        bool isRight = message.Rest.Length == 0
            || int.TryParse(message.Argument, NumberStyles.None, CultureInfo.InvariantCulture, out count);
        if (sender.Channel is not Channel channel)
        {
            sender.Reply(ExtendedText.NotInChannel);
        }
        else if (!isRight || count is < 1 or > Most)
        {
            sender.Reply(ExtendedText.HistoryTakesNumber);
        }
        else
        {
            HistoryAnswer.Send(sender, history.Last(sender, channel.Record, count), ifNone: ExtendedText.HistoryIsEmpty);
        }
    }
}
