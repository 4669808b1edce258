using System.Diagnostics;
using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>A channel of the load, and when the next message may be sent in it.</summary>
internal sealed class Room(Workload load, string name)
{
    private readonly List<Member> _senders = [];
    private readonly double _ticksPerMessage = load.Rate == 0 ? 0 : (double)Stopwatch.Frequency / load.Rate;
    private readonly int _toSend = load.Senders * load.Messages;
    private long _outstanding;
    private int _sent;

    /// <summary>The channel's name.</summary>
    public string Name => name;

    /// <summary>The text that refuses to create the channel once more.</summary>
    public byte[] Refusal { get; } = Encoding.UTF8.GetBytes(ProtocolText.Fill(ProtocolText.ChannelExists, name));

    /// <summary>True while the room is on the list of those that may be allowed to send more.</summary>
    public bool IsListed { get; set; }

    /// <summary>Makes a member one of those that send, in turn.</summary>
    public void AddSender(Member sender) => _senders.Add(sender);

    /// <summary>Notes that a delivery came that had not come before.</summary>
    public void Delivered() => _outstanding--;

    /// <summary>Whose turn it is, if a message may be sent now; else null.</summary>
    /// <param name="elapsed">Ticks since the first message could have been sent.</param>
    public Member? MaySend(long elapsed) =>
        _outstanding < load.Window && DueAt <= elapsed ? _senders[_sent % _senders.Count] : null;

    /// <summary>Notes that the member whose turn it was has sent a message.</summary>
    public void Sent()
    {
        _sent++;
        _outstanding += load.Members - 1;
    }

    /// <summary>When the next message may be sent at the earliest, in the same ticks; never, if there is none.</summary>
    public long DueAt => _sent == _toSend ? long.MaxValue : (long)(_sent * _ticksPerMessage);
}
