using System.Diagnostics;
using System.Runtime.Versioning;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>Lets the senders send as much as the window of their channel or its rate allows.</summary>
[SupportedOSPlatform("linux")]
internal sealed class Pacer(Workload load, LoadClients clients, Ledger ledger)
{
    /// <summary>Channels in which something has happened since the last check of whether they may send.</summary>
    private readonly List<LoadChannel> _ready = new(load.Channels);

    /// <summary>The start of the load, in ticks of <see cref="Stopwatch"/>.</summary>
    public long Start { get; private set; } = long.MaxValue;

    public void Begin()
    {
        Start = Stopwatch.GetTimestamp();
        MarkAllReady();
    }

    /// <summary>Notes that something has happened in a channel, so that it may perhaps send.</summary>
    public void MarkReady(LoadChannel channel)
    {
        if (!channel.IsReady)
        {
            channel.IsReady = true;
            _ready.Add(channel);
        }
    }

    /// <summary>Stages all messages that may be sent now; the next round sends them.</summary>
    public void StageMessages()
    {
        if (load.Rate > 0)
        {
            MarkAllReady(); // time passes in every channel
        }

        foreach (LoadChannel channel in _ready)
        {
            channel.IsReady = false;
            while (channel.MaySend(Stopwatch.GetTimestamp() - Start) is LoadMember sender && TryStage(sender))
            {
                channel.Sent();
            }
        }

        _ready.Clear();
    }

    /// <summary>The time until the next message is due, rounded up. Without a rate no message is ever due: a delivery allows the next.</summary>
    public int MillisecondsToNextMessage()
    {
        long due = long.MaxValue;
        if (load.Rate > 0)
        {
            foreach (LoadChannel channel in clients.Channels)
            {
                due = Math.Min(due, channel.DueAt);
            }
        }

        double milliseconds = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp() - Start, due).TotalMilliseconds;
        return (int)Math.Clamp(Math.Ceiling(milliseconds), 0, int.MaxValue);
    }

    private bool TryStage(LoadMember sender)
    {
        Span<byte> frame = clients.Stage(sender);
        if (frame.IsEmpty)
        {
            return false;
        }

        int sequence = ledger.Send(sender.Number);
        StampedMessage.Write(frame, new Stamp(sender.Number, sequence, Stopwatch.GetTimestamp()));
        return true;
    }

    private void MarkAllReady()
    {
        foreach (LoadChannel channel in clients.Channels)
        {
            MarkReady(channel);
        }
    }
}
