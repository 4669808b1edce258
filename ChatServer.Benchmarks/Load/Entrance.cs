using System.Diagnostics;
using System.Net;
using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>
/// Brings all members into their channels. Nobody is answered who joins a channel; so each then asks to create it, and the
/// refusal says that the server has done all that came before.
/// </summary>
internal sealed class Entrance(Crowd crowd, EndPoint server, TimeSpan patience) : IListener
{
    /// <summary>Members under way at a time: fewer than any server lets wait to be accepted.</summary>
    private const int AtATime = 64;

    private const int TurnMilliseconds = 100;

    /// <summary>After this long without a word, everybody has heard of everybody's joining.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan LongestNoise = TimeSpan.FromSeconds(60);

    private int _present;
    private long _heard;
    private string _lastWord = "nothing";

    /// <summary>Returns when all are in, and how many seconds that took.</summary>
    /// <exception cref="BenchmarkException">Somebody does not get in.</exception>
    public double Admit()
    {
        long start = Stopwatch.GetTimestamp();
        int channels = crowd.Rooms.Count;
        Admit([.. crowd.Members.Take(channels)], ControlMessage.Create);
        Admit([.. crowd.Members.Skip(channels)], ControlMessage.Join);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        AwaitQuiet();
        return seconds;
    }

    /// <inheritdoc/>
    public void Heard(Member member, ReadOnlySpan<byte> frames, long now)
    {
        _heard += frames.Length;
        for (; !frames.IsEmpty; frames = frames[Frame.Size..])
        {
            ReadOnlySpan<byte> text = Message.PlainText(frames[..Frame.Size]);
            if (member.State == MemberState.Entering && text.SequenceEqual(member.Room.Refusal))
            {
                member.State = MemberState.Present;
                _present++;
            }
            else if (!IsNotice(text))
            {
                _lastWord = $"'{Encoding.UTF8.GetString(text)}'";
            }
        }
    }

    /// <summary>True for what a server says of others' coming and going.</summary>
    public static bool IsNotice(ReadOnlySpan<byte> text) => text.EndsWith(" has joined"u8) || text.EndsWith(" has left"u8);

    private void Admit(List<Member> members, string command)
    {
        var waiting = new Patience(patience);
        int before = _present;
        int started = 0;
        while (_present - before < members.Count)
        {
            bool mayStart = started < members.Count && started - (_present - before) < AtATime;
            if (mayStart)
            {
                Start(members[started++], command);
            }

            crowd.Turn(mayStart ? 0 : TurnMilliseconds, this);
            if (crowd.Lost > 0)
            {
                throw new BenchmarkException($"The server closes connections while members enter; it said {_lastWord}.");
            }

            if (waiting.IsOver(_heard))
            {
                throw new BenchmarkException(
                    $"Only {_present} of {crowd.Members.Count} members are in their channels, and no more come; the server said {_lastWord}.");
            }
        }
    }

    private void Start(Member member, string command)
    {
        crowd.Connect(member, server);
        Say(Message.NameOf(member.Number));
        Say($"{command} {member.Room.Name}");
        Say($"{ControlMessage.Create} {member.Room.Name}");

        void Say(string text) => Frame.Encode(text).CopyTo(crowd.Stage(member));
    }

    private void AwaitQuiet()
    {
        var quiet = new Patience(Quiet);
        long start = Stopwatch.GetTimestamp();
        while (!quiet.IsOver(_heard) && Stopwatch.GetElapsedTime(start) < LongestNoise)
        {
            crowd.Turn(TurnMilliseconds, this);
        }
    }
}
