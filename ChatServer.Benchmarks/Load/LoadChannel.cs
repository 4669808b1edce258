using System.Diagnostics;
using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>A channel of the load. It decides when its next message may be sent.</summary>
internal sealed class LoadChannel(Workload load, string name)
{
    private readonly List<LoadMember> _senders = [];
    private readonly double _ticksPerMessage = load.Rate == 0 ? 0 : (double)Stopwatch.Frequency / load.Rate;
    private readonly int _toSend = load.Senders * load.Messages;
    private long _outstanding;
    private int _sent;

    public string Name => name;

    /// <summary>The server's answer to a second <c>/create</c> of this channel.</summary>
    public byte[] Rejection { get; } = Encoding.UTF8.GetBytes(ProtocolText.Fill(ProtocolText.ChannelExists, name));

    /// <summary>True while the <see cref="Pacer"/> has this channel on its list.</summary>
    public bool IsReady { get; set; }

    /// <summary>The senders of a channel send in turn.</summary>
    public void AddSender(LoadMember sender) => _senders.Add(sender);

    /// <summary>Notes the first arrival of a delivery.</summary>
    public void Delivered() => _outstanding--;

    /// <summary>The next sender, if a message may be sent now; otherwise null.</summary>
    /// <param name="elapsed">Ticks since the start of the load.</param>
    public LoadMember? MaySend(long elapsed) =>
        _outstanding < load.Window && DueAt <= elapsed ? _senders[_sent % _senders.Count] : null;

    /// <summary>Notes that the sender from <see cref="MaySend"/> has sent a message.</summary>
    public void Sent()
    {
        _sent++;
        _outstanding += load.Members - 1;
    }

    /// <summary>The earliest time of the next message, in ticks since the start of the load; <see cref="long.MaxValue"/> if there is none.</summary>
    public long DueAt => _sent == _toSend ? long.MaxValue : (long)(_sent * _ticksPerMessage);
}
