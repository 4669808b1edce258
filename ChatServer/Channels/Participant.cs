using System.Diagnostics;
using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// A client that has given its name. Used by its own reader thread only, except what is immutable, the outbox, and what a
/// channel's gate guards.
/// </summary>
[DebuggerDisplay("{Name}, channel: {Channel?.Name}")]
internal sealed class Participant(string name, IOutbox outbox, string? address = null)
{
    private volatile bool _isModerator;
    private volatile bool _isRemoved;

    // Only one thread at a time uses these two: the reader thread, or, while that waits for its turn, the thread that serves it.
    private long _caused;
    private long _answered;
    private bool _isHeard;

    /// <summary>The name: cleaned, 1 to <see cref="ParticipantName.MaxBytes"/> bytes of UTF-8. Immutable.</summary>
    public string Name { get; } = name;

    /// <summary><c>[Name] </c> in UTF-8, put in front of each of its messages. Immutable.</summary>
    public ReadOnlyMemory<byte> Prefix { get; } = Encoding.UTF8.GetBytes($"[{name}] ");

    /// <summary>The frame that tells the others that it has joined. Made once, so that joining a channel needs no memory for it. Immutable.</summary>
    public ReadOnlyMemory<byte> JoinedNotice { get; } = Frame.Encode(ProtocolText.Fill(ProtocolText.ClientJoined, name));

    /// <summary>The frame that tells the others that it has left. Immutable.</summary>
    public ReadOnlyMemory<byte> LeftNotice { get; } = Frame.Encode(ProtocolText.Fill(ProtocolText.ClientLeft, name));

    /// <summary>Takes the frames for this participant. Any thread may append.</summary>
    public IOutbox Outbox { get; } = outbox;

    /// <summary>The share in which the channels that it creates are counted. Immutable; its contents belong to the channel table.</summary>
    public Founder Founder { get; } = new(address);

    /// <summary>What the other servers of the chat are told of it. Immutable.</summary>
    public PeerInfo Peer { get; init; } = PeerInfo.Unknown;

    /// <summary>
    /// The channel it is in; null if it is in none. Only its own reader thread sets it and decides by it, so it needs no lock. Others
    /// read it to show it.
    /// </summary>
    public Channel? Channel { get; set; }

    /// <summary>What an implementation of <see cref="IChat"/> knows of it. Set before any other call with it, so it needs no lock.</summary>
    public object? Seat { get; set; }

    /// <summary>True if it may use the commands of moderators. May change at any time.</summary>
    public bool IsModerator
    {
        get => _isModerator;
        set => _isModerator = value;
    }

    /// <summary>True once the server has removed it: then nothing more is done for it. Any thread may set it.</summary>
    public bool IsRemoved
    {
        get => _isRemoved;
        set => _isRemoved = value;
    }

    /// <summary>When it was told last that it is muted, in the ticks of a clock; null for never. Its own reader thread's.</summary>
    public long? ToldMutedAt { get; set; }

    /// <summary>True while its channel has it on the list of congested members. Guarded by the gate of that channel.</summary>
    public bool IsListedAsCongested { get; set; }

    /// <summary>True once another sender has done what this one stands in line for. Guarded by the gate of that channel.</summary>
    public bool IsServed { get; set; }

    /// <summary>Sends an answer to this participant itself.</summary>
    public void Answer(ReadOnlyMemory<byte> frames)
    {
        Outbox.Append(frames);
        _caused += frames.Length;
        _answered += frames.Length;
    }

    /// <summary>
    /// Sends an answer that is one text. A client that has left, or that the server has removed, gets none; the messages that it sent before are
    /// still delivered.
    /// </summary>
    public void Reply(string text)
    {
        if (Outbox.IsOpen && !IsRemoved)
        {
            Answer(Frame.Encode(text));
        }
    }

    /// <summary>Counts bytes of deliveries that this participant has caused.</summary>
    public void Caused(long bytes) => _caused += bytes;

    /// <summary>Others will get the messages that this participant has just sent: later, or on other servers, where nobody counts them for it.</summary>
    public void NoteHeard() => _isHeard = true;

    /// <summary>
    /// Called between two commands, holding no lock: waits if this participant has yet to read its own
    /// answers, or, for a bounded time, if it has caused more deliveries, or more work for itself alone, than its share while others wait for theirs.
    /// </summary>
    /// <param name="messages">The messages that were delivered, which count as work only if nobody gets them; 0 for a command.</param>
    public void WaitForOwnTurn(int messages = 0)
    {
        long caused = _caused, answered = _answered;
        bool isHeard = _isHeard || caused != answered;
        _caused = _answered = 0;
        _isHeard = false;
        if (caused > 0)
        {
            Outbox.Spend(caused);
        }

        if (messages == 0 || !isHeard)
        {
            Outbox.Work(answered, Math.Max(1, messages));
        }
    }
}
