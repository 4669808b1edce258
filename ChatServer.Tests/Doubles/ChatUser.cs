using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>Somebody in a <see cref="Chat"/>: what a client is to the dispatcher, without the client.</summary>
internal sealed class ChatUser(Dispatcher dispatcher, Participant participant, RecordingOutbox outbox)
{
    /// <summary>What the server has sent.</summary>
    public RecordingOutbox Outbox { get; } = outbox;

    /// <summary>The same person as the server knows it.</summary>
    public Participant Participant { get; } = participant;

    /// <summary>Sends the lines, each in a frame and all in one read.</summary>
    public void Sends(params string[] lines) => SendsFrames([.. lines.Select(Frame.Encode)]);

    /// <summary>Sends frames byte by byte as they are, all in one read.</summary>
    public void SendsFrames(params byte[][] frames) =>
        dispatcher.Dispatch(Participant, frames.SelectMany(frame => frame).ToArray());

    /// <summary>The connection is gone.</summary>
    public void Leaves() => dispatcher.Depart(Participant);

    /// <summary>Sees to it that exactly these texts have come since it was last asked, in this order.</summary>
    public void Got(params string[] texts) =>
        Assert.AreSequenceEqual(texts, Outbox.Take(), $"what {Participant.Name} got");

    /// <summary>Sees to it that nothing has come since it was last asked.</summary>
    public void GotNothing() => Got();
}
