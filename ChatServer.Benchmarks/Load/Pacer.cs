using System.Diagnostics;
using System.Runtime.Versioning;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>Has the senders send what the window of their channel allows, or what is due at its pace.</summary>
[SupportedOSPlatform("linux")]
internal sealed class Pacer(Workload load, Crowd crowd, Ledger ledger)
{
    /// <summary>Rooms in which something has happened since they were last asked whether they may send.</summary>
    private readonly List<Room> _listed = new(load.Channels);

    /// <summary>When the first message could be sent, in ticks of <see cref="Stopwatch"/>.</summary>
    public long Start { get; private set; } = long.MaxValue;

    /// <summary>From now on messages may be sent.</summary>
    public void Begin()
    {
        Start = Stopwatch.GetTimestamp();
        ListAll();
    }

    /// <summary>Notes that something has happened in a room, so that perhaps it may send.</summary>
    public void List(Room room)
    {
        if (!room.IsListed)
        {
            room.IsListed = true;
            _listed.Add(room);
        }
    }

    /// <summary>Stages all messages that may be sent now; they go out with the next turn.</summary>
    public void SendWhatMayBeSent()
    {
        if (load.Rate > 0)
        {
            ListAll(); // also where nothing has happened, the time may have come
        }

        foreach (Room room in _listed)
        {
            room.IsListed = false;
            while (room.MaySend(Stopwatch.GetTimestamp() - Start) is Member sender && TryStage(sender))
            {
                room.Sent();
            }
        }

        _listed.Clear();
    }

    /// <summary>How long until a message is due, rounded up; without a pace none ever is, only a delivery makes room for it.</summary>
    public int MillisecondsToNextMessage()
    {
        long due = long.MaxValue;
        if (load.Rate > 0)
        {
            foreach (Room room in crowd.Rooms)
            {
                due = Math.Min(due, room.DueAt);
            }
        }

        double milliseconds = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp() - Start, due).TotalMilliseconds;
        return (int)Math.Clamp(Math.Ceiling(milliseconds), 0, int.MaxValue);
    }

    private bool TryStage(Member sender)
    {
        Span<byte> frame = crowd.Stage(sender);
        if (frame.IsEmpty)
        {
            return false;
        }

        int sequence = ledger.Send(sender.Number);
        Message.Write(frame, new Stamp(sender.Number, sequence, Stopwatch.GetTimestamp()));
        return true;
    }

    private void ListAll()
    {
        foreach (Room room in crowd.Rooms)
        {
            List(room);
        }
    }
}
