using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>
/// Brings all members into their channels. The server does not answer a successful join. So each member then tries to create its
/// channel again: the rejection proves that the server has handled everything before it.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class JoinPhase(LoadClients clients, EndPoint server, TimeSpan limit) : IFrameListener
{
    /// <summary>Members that join at the same time: fewer than the accept queue of any server holds.</summary>
    private const int MaxJoining = 64;

    private const int RoundMilliseconds = 100;

    /// <summary>After this time without a frame, every member has received every notice.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private int _joined;
    private long _receivedBytes;
    private string _lastText = "nothing";

    /// <summary>Returns when all members are in their channels: the seconds that it took.</summary>
    /// <exception cref="BenchmarkException">A member cannot join.</exception>
    public double Run()
    {
        long start = Stopwatch.GetTimestamp();
        int channels = clients.Channels.Count;
        Join([.. clients.Members.Take(channels)], ControlMessage.Create);
        Join([.. clients.Members.Skip(channels)], ControlMessage.Join);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        AwaitQuiet();
        return seconds;
    }

    public void OnReceived(LoadMember member, ReadOnlySpan<byte> frames, long now)
    {
        _receivedBytes += frames.Length;
        for (; !frames.IsEmpty; frames = frames[Frame.Size..])
        {
            ReadOnlySpan<byte> text = StampedMessage.PlainText(frames[..Frame.Size]);
            if (member.State == MemberState.Joining && text.SequenceEqual(member.Channel.Rejection))
            {
                member.State = MemberState.Joined;
                _joined++;
            }
            else if (!IsNotice(text))
            {
                _lastText = $"'{Encoding.UTF8.GetString(text)}'";
            }
        }
    }

    /// <summary>True for the server's notice that another member has joined or left.</summary>
    public static bool IsNotice(ReadOnlySpan<byte> text) => text.EndsWith(" has joined"u8) || text.EndsWith(" has left"u8);

    private void Join(List<LoadMember> members, string command)
    {
        var stall = new StallDetector(limit);
        int before = _joined;
        int started = 0;
        while (_joined - before < members.Count)
        {
            bool mayStart = started < members.Count && started - (_joined - before) < MaxJoining;
            if (mayStart)
            {
                Start(members[started++], command);
            }

            clients.RunRound(mayStart ? 0 : RoundMilliseconds, this);
            if (clients.Lost > 0)
            {
                throw new BenchmarkException($"The server closed connections while members joined; its last text was {_lastText}.");
            }

            if (stall.IsStalled(_receivedBytes))
            {
                throw new BenchmarkException(
                    $"Only {_joined} of {clients.Members.Count} members joined their channels; the last text of the server was {_lastText}.");
            }
        }
    }

    private void Start(LoadMember member, string command)
    {
        clients.Connect(member, server);
        Send(StampedMessage.NameOf(member.Number));
        Send($"{command} {member.Channel.Name}");
        Send($"{ControlMessage.Create} {member.Channel.Name}");

        void Send(string text) => Frame.Encode(text).CopyTo(clients.Stage(member));
    }

    private void AwaitQuiet()
    {
        var quiet = new StallDetector(Quiet);
        long start = Stopwatch.GetTimestamp();
        while (!quiet.IsStalled(_receivedBytes) && Stopwatch.GetElapsedTime(start) < LongestWait)
        {
            clients.RunRound(RoundMilliseconds, this);
        }
    }
}
