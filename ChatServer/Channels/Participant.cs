using System.Text;

namespace ThreadedChat.ChatServer.Channels;

/// <summary>One person in the chat: a client that has given its name. Touched by its own reader thread only, but for what is immutable and the outbox.</summary>
internal sealed class Participant(string name, IOutbox outbox, string? address = null)
{
    private readonly List<IOutbox> _congested = [];

    /// <summary>The name: cleaned, 1 to <see cref="ParticipantName.MaxBytes"/> bytes of UTF-8. Immutable.</summary>
    public string Name { get; } = name;

    /// <summary><c>[Name] </c> in UTF-8, put in front of each of its messages. Immutable.</summary>
    public ReadOnlyMemory<byte> Prefix { get; } = Encoding.UTF8.GetBytes($"[{name}] ");

    /// <summary>Where frames for this participant go. Any thread may append.</summary>
    public IOutbox Outbox { get; } = outbox;

    /// <summary>Whose share of the channels its new ones count in. Immutable; what is in it belongs to the channel table.</summary>
    public Founder Founder { get; } = new(address);

    /// <summary>The channel it is in, if any. Only its own reader thread reads or sets it, so it needs no lock.</summary>
    public Channel? Channel { get; set; }

    /// <summary>
    /// Sends frames to <paramref name="receiver"/> on behalf of this participant; where the receiver is slow, remembers
    /// to wait for it.
    /// </summary>
    public void Send(Participant receiver, ReadOnlyMemory<byte> frames)
    {
        if (receiver.Outbox.Append(frames) && !_congested.Contains(receiver.Outbox))
        {
            _congested.Add(receiver.Outbox);
        }
    }

    /// <summary>
    /// Back-pressure: waits for those, itself among them, who did not keep up with what this participant sent. Called
    /// between two commands, holding no lock; each wait is bounded by the policy for slow consumers.
    /// </summary>
    public void AwaitCongested()
    {
        foreach (IOutbox outbox in _congested)
        {
            outbox.AwaitRoom();
        }

        _congested.Clear();
    }
}
