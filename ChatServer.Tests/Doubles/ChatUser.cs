using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>A participant in a <see cref="Chat"/>, without a connection.</summary>
internal sealed class ChatUser(Dispatcher dispatcher, Participant participant, RecordingOutbox outbox)
{
    /// <summary>The frames that the server has sent.</summary>
    public RecordingOutbox Outbox { get; } = outbox;

    /// <summary>The participant in the server.</summary>
    public Participant Participant { get; } = participant;

    /// <summary>Adds a participant in no channel.</summary>
    public static ChatUser Admit(Dispatcher dispatcher, string name)
    {
        var outbox = new RecordingOutbox();
        Participant? participant = dispatcher.Admit(Frame.Encode(name), outbox);
        Assert.IsNotNull(participant, $"{name} was rejected.");
        return new ChatUser(dispatcher, participant, outbox);
    }

    /// <summary>Adds a participant in a channel, which is created if it does not exist.</summary>
    public static ChatUser AdmitTo(Dispatcher dispatcher, ChannelTable channels, string channel, string name)
    {
        ChatUser person = Admit(dispatcher, name);
        person.Sends(channels.Find(channel) is null ? $"/create {channel}" : $"/join {channel}");
        person.GotNothing();
        return person;
    }

    /// <summary>Sends the lines, each in a frame and all in one read.</summary>
    public void Sends(params string[] lines) => SendsFrames([.. lines.Select(Frame.Encode)]);

    /// <summary>Sends frames byte by byte as they are, all in one read.</summary>
    public void SendsFrames(params byte[][] frames) =>
        dispatcher.Dispatch(Participant, frames.SelectMany(frame => frame).ToArray());

    /// <summary>The connection is gone.</summary>
    public void Leaves() => dispatcher.Depart(Participant);

    /// <summary>Asserts that exactly these texts have arrived since the last call, in this order.</summary>
    public void Got(params string[] texts) =>
        Assert.AreSequenceEqual(texts, Outbox.Take(), $"the frames that {Participant.Name} got");

    /// <summary>Asserts that nothing has arrived since the last call.</summary>
    public void GotNothing() => Got();
}
