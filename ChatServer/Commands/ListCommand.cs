using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary><c>/list</c>: answers with the names of all channels.</summary>
internal sealed class ListCommand(IChat chat) : ControlCommand(ControlMessage.List, ": the names of all channels")
{
    private readonly ChannelList _list = new(chat);

    public override void Run(Participant sender, ControlMessage message)
    {
        // The names of all channels may be more than an outbox holds at once.
        string? last = null;
        while (sender.Outbox.IsOpen && _list.Next(ref last) is { IsEmpty: false } chunk)
        {
            sender.Answer(chunk);
            sender.WaitForOwnTurn();
        }
    }
}
