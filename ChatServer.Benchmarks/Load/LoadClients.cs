using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>All members of a load. One thread serves them in rounds: it sends what is staged, then receives what has arrived.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LoadClients : IDisposable
{
    /// <summary>Most bytes of one receive. All members share the buffer, so it stays in the processor's cache.</summary>
    private const int ReceiveSize = 256 * 1024;

    /// <summary>Most messages that a sender may have staged, for any window.</summary>
    private const int MaxStaged = 256;

    /// <summary>Milliseconds until the next attempt on a socket that took nothing.</summary>
    private const int Retry = 1;

    private readonly byte[] _received = GC.AllocateUninitializedArray<byte>(ReceiveSize, pinned: true);
    private readonly Epoll _epoll = new();
    private readonly List<LoadMember> _staging;

    /// <summary>Creates the members and channels of a load, without connecting.</summary>
    /// <param name="load">Their numbers.</param>
    /// <param name="channelPrefix">The beginning of all channel names; new for the server.</param>
    public LoadClients(Workload load, string channelPrefix)
    {
        Channels = [.. Enumerable.Range(0, load.Channels).Select(
            i => new LoadChannel(load, string.Create(CultureInfo.InvariantCulture, $"{channelPrefix}-{i}")))];
        Members = [.. Enumerable.Range(0, load.Connections).Select(i => MakeMember(load, i))];
        _staging = new List<LoadMember>(Members.Count);
    }

    public List<LoadChannel> Channels { get; }

    public List<LoadMember> Members { get; }

    /// <summary>Members that the server has disconnected.</summary>
    public int Lost { get; private set; }

    /// <exception cref="BenchmarkException">No server accepts the connection.</exception>
    public void Connect(LoadMember member, EndPoint server)
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

    /// <summary>Space for one more frame of a member, which the next round sends; empty if the member has no space.</summary>
    public Span<byte> Stage(LoadMember member)
    {
        if (!member.HasStaged)
        {
            _staging.Add(member);
        }

        return member.Stage();
    }

    /// <summary>One round: sends what is staged, one call per member; waits for input; receives once from each member with input.</summary>
    public void RunRound(int milliseconds, IFrameListener listener)
    {
        Flush();
        int ready = _epoll.Wait(_staging.Count == 0 ? milliseconds : Math.Min(Retry, milliseconds));
        for (int i = 0; i < ready; i++)
        {
            Receive(Members[_epoll.Ready(i)], listener);
        }
    }

    public void Dispose()
    {
        foreach (LoadMember member in Members)
        {
            member.Dispose();
        }

        _epoll.Dispose();
    }

    private LoadMember MakeMember(Workload load, int number)
    {
        LoadChannel channel = Channels[number % load.Channels];
        bool isSender = number / load.Channels < load.Senders;
        int open = Math.Min(MaxStaged, (load.Window / (load.Members - 1)) + 1);
        var member = new LoadMember(number, channel, isSender ? Math.Min(open, load.Messages) : 0);
        if (isSender)
        {
            channel.AddSender(member);
        }

        return member;
    }

    private void Flush()
    {
        int kept = 0;
        for (int i = 0; i < _staging.Count; i++)
        {
            LoadMember member = _staging[i];
            member.Flush();
            if (member.HasStaged)
            {
                _staging[kept++] = member;
            }
        }

        _staging.RemoveRange(kept, _staging.Count - kept);
    }

    private void Receive(LoadMember member, IFrameListener listener)
    {
        if (member.State == MemberState.Disconnected)
        {
            return;
        }

        int length = member.Receive(_received);
        if (length > 0)
        {
            listener.OnReceived(member, _received.AsSpan(0, length), Stopwatch.GetTimestamp());
        }
        else if (length < 0)
        {
            member.State = MemberState.Disconnected;
            member.Dispose();
            Lost++;
        }
    }
}
