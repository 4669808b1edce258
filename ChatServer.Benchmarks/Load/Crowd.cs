using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Net;
using System.Runtime.Versioning;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>All members of a load, served by one thread in turns: what is staged is sent, then what came is received.</summary>
[SupportedOSPlatform("linux")]
internal sealed class Crowd : IDisposable
{
    /// <summary>Bytes that one receive may bring. All members share the buffer, so it stays in the processor's cache.</summary>
    private const int ReceiveSize = 256 * 1024;

    /// <summary>Messages that a sender may have staged, however wide the window is.</summary>
    private const int MaxStaged = 256;

    /// <summary>Milliseconds until a socket that took nothing is tried again.</summary>
    private const int Retry = 1;

    private readonly byte[] _received = GC.AllocateUninitializedArray<byte>(ReceiveSize, pinned: true);
    private readonly Epoll _epoll = new();
    private readonly List<Member> _staging;

    /// <summary>Makes the members of a load, and its rooms; nobody is connected yet.</summary>
    /// <param name="load">The load.</param>
    /// <param name="channelPrefix">What its channels' names begin with: one the server has not seen before.</param>
    public Crowd(Workload load, string channelPrefix)
    {
        Rooms = [.. Enumerable.Range(0, load.Channels).Select(
            i => new Room(load, string.Create(CultureInfo.InvariantCulture, $"{channelPrefix}-{i}")))];
        Members = [.. Enumerable.Range(0, load.Connections).Select(i => MakeMember(load, i))];
        _staging = new List<Member>(Members.Count);
    }

    public List<Room> Rooms { get; }

    public List<Member> Members { get; }

    /// <summary>How many members the server has cut off.</summary>
    public int Lost { get; private set; }

    /// <summary>Connects a member.</summary>
    /// <exception cref="BenchmarkException">There is nobody to connect to.</exception>
    public void Connect(Member member, EndPoint server)
    {
        try
        {
            _epoll.Add(member.Connect(server), member.Number);
        }
        catch (SocketException e)
        {
            throw new BenchmarkException($"Cannot connect: {e.Message}");
        }
    }

    /// <summary>Room for one more frame of a member, sent in the next turn; empty where the member cannot stage more.</summary>
    public Span<byte> Stage(Member member)
    {
        if (!member.HasStaged)
        {
            _staging.Add(member);
        }

        return member.Stage();
    }

    /// <summary>One turn: sends what is staged, one call for each member; waits for input; receives once from each who has any.</summary>
    public void Turn(int milliseconds, IListener listener)
    {
        Flush();
        int ready = _epoll.Wait(_staging.Count == 0 ? milliseconds : Math.Min(Retry, milliseconds));
        for (int i = 0; i < ready; i++)
        {
            Receive(Members[_epoll.Ready(i)], listener);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Member member in Members)
        {
            member.Dispose();
        }

        _epoll.Dispose();
    }

    private Member MakeMember(Workload load, int number)
    {
        Room room = Rooms[number % load.Channels];
        bool isSender = number / load.Channels < load.Senders;
        int open = Math.Min(MaxStaged, (load.Window / (load.Members - 1)) + 1);
        var member = new Member(number, room, isSender ? Math.Min(open, load.Messages) : 0);
        if (isSender)
        {
            room.AddSender(member);
        }

        return member;
    }

    private void Flush()
    {
        int kept = 0;
        for (int i = 0; i < _staging.Count; i++)
        {
            Member member = _staging[i];
            member.Flush();
            if (member.HasStaged)
            {
                _staging[kept++] = member;
            }
        }

        _staging.RemoveRange(kept, _staging.Count - kept);
    }

    private void Receive(Member member, IListener listener)
    {
        if (member.State == MemberState.Gone)
        {
            return;
        }

        int length = member.Receive(_received);
        if (length > 0)
        {
            listener.Heard(member, _received.AsSpan(0, length), Stopwatch.GetTimestamp());
        }
        else if (length < 0)
        {
            member.State = MemberState.Gone;
            member.Dispose();
            Lost++;
        }
    }
}
