using Microsoft.Extensions.Logging.Abstractions;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>A server's channels and commands, without its sockets and threads.</summary>
internal sealed class Chat : IDisposable
{
    private readonly ChannelTable _channels;

    public Chat(int maxChannels = 200, bool uniqueNames = false, bool extended = false, IMutes? mutes = null)
    {
        _channels = new ChannelTable(maxChannels);
        var chat = new LocalChat(_channels);
        var people = new People();
        var names = new NameRegistry(uniqueNames || extended);
        Dispatcher = extended
            ? new Dispatcher(chat, CommandTable.Extended(chat, people, history: null, NullLogger.Instance), names, people, mutes)
            : new Dispatcher(chat, CommandTable.OfAssignment(chat, NullLogger.Instance), names, mutes: mutes);
    }

    public Dispatcher Dispatcher { get; }

    /// <summary>Adds a participant in no channel.</summary>
    public ChatUser Admit(string name) => ChatUser.Admit(Dispatcher, name);

    /// <summary>Adds a participant in a channel, which is created if it does not exist.</summary>
    public ChatUser AdmitTo(string channel, string name) => ChatUser.AdmitTo(Dispatcher, _channels, channel, name);

    /// <summary>Alice, Bob and Carol in a channel; the frames about the joins are discarded.</summary>
    public (ChatUser Alice, ChatUser Bob, ChatUser Carol) Three(string channel)
    {
        ChatUser alice = AdmitTo(channel, "Alice");
        ChatUser bob = AdmitTo(channel, "Bob");
        ChatUser carol = AdmitTo(channel, "Carol");
        alice.Got("Bob has joined", "Carol has joined");
        bob.Got("Carol has joined");
        return (alice, bob, carol);
    }

    public void Dispose() => _channels.Dispose();
}
