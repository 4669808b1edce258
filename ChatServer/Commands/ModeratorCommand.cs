using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>A command for moderators. For everybody else its word is an unknown one.</summary>
internal abstract class ModeratorCommand(string word, string help) : ControlCommand(word, help)
{
    public sealed override bool IsFor(Participant sender) => sender.IsModerator;

    public sealed override void Run(Participant sender, ControlMessage message)
    {
        sender.Outbox.EndWork(); // an action may wait for the pace of the account, for a file or for other servers
        foreach (string line in Do(sender, message))
        {
            if (sender.Outbox.IsOpen)
            {
                sender.Answer(PrefixedText.Encode("", line));
                sender.WaitForOwnTurn();
            }
        }
    }

    /// <summary>Does it; the lines of the answer.</summary>
    protected abstract IReadOnlyList<string> Do(Participant sender, ControlMessage message);
}
