using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>A connection of the checker in a brief play.</summary>
[TestClass]
public sealed class BriefConnectionTests
{
    private static readonly Timeouts Brief = new() { Brief = TimeSpan.Zero, Reply = TimeSpan.FromHours(1) };

    private static readonly Timeouts Whole = new() { Reply = TimeSpan.FromMilliseconds(30) };

    [TestMethod]
    public void What_comes_during_the_last_look_at_the_program_is_received()
    {
        (Socket own, Socket peer) = Connect();
        using Socket sender = peer;
        int looks = 0;
        bool IsIdle()
        {
            if (++looks == 2) // the first one chooses the time of a receive, the second one ends the wait
            {
                sender.Send(FrameFormat.Encode("late"));
                Assert.IsTrue(own.Poll(Limit.Wait, SelectMode.SelectRead));
            }

            return looks > 1;
        }

        using var connection = new FrameConnection("Ana", own, new Transcript(), new CaseClock(Brief) { WatchProgram = () => IsIdle });

        Assert.AreEqual("late", connection.Read().Text);
    }

    [TestMethod]
    public void A_wait_that_is_cut_short_after_a_blank_message_has_come_is_noted()
    {
        (Socket own, Socket peer) = Connect();
        using Socket sender = peer;
        sender.Send(FrameFormat.Encode(""));
        var clock = new CaseClock(Brief) { WatchProgram = IdleAtSecondLook };
        using var connection = new FrameConnection("Ana", own, new Transcript(), clock);

        Assert.ThrowsExactly<CaseFailedException>(() => connection.Read());

        Assert.IsTrue(clock.WasCutShort);
    }

    [TestMethod]
    public void A_wait_that_is_cut_short_after_a_message_has_come_is_noted()
    {
        (Socket own, Socket peer) = Connect();
        using Socket sender = peer;
        sender.Send(FrameFormat.Encode("one"));
        var clock = new CaseClock(Brief) { WatchProgram = IdleAtSecondLook };
        using var connection = new FrameConnection("Ana", own, new Transcript(), clock);

        Assert.ThrowsExactly<CaseFailedException>(() => connection.ReadToEnd());

        Assert.IsTrue(clock.WasCutShort);
    }

    [TestMethod]
    public void A_program_that_does_not_read_gets_the_whole_time()
    {
        (Socket own, Socket peer) = Connect();
        using Socket other = peer;
        using var connection = new FrameConnection("Ana", own, new Transcript(), new CaseClock(Brief) { WatchProgram = () => () => true });

        Assert.AreEqual(Brief.Reply.TotalMilliseconds, own.SendTimeout);
    }

    [TestMethod]
    public void A_finding_is_the_same_in_a_brief_play_and_in_the_whole_time()
    {
        Assert.AreEqual(Missing(Whole), Missing(Brief));
        Assert.AreEqual(NotClosed(Whole), NotClosed(Brief));
    }

    private static Func<bool> IdleAtSecondLook()
    {
        int looks = 0;
        return () => ++looks > 1;
    }

    private static Finding Missing(Timeouts timeouts) => FindingOf(timeouts, connection => connection.Read());

    private static Finding NotClosed(Timeouts timeouts) => FindingOf(timeouts, connection => connection.ReadToEnd());

    private static Finding FindingOf(Timeouts timeouts, Action<FrameConnection> wait)
    {
        (Socket own, Socket peer) = Connect();
        using Socket other = peer;
        using var connection = new FrameConnection("Ana", own, new Transcript(), new CaseClock(timeouts) { WatchProgram = () => () => true });
        return Assert.ThrowsExactly<CaseFailedException>(() => wait(connection)).Finding;
    }

    private static (Socket Own, Socket Peer) Connect()
    {
        using var listener = new LocalListener();
        var own = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        own.Connect(IPAddress.Loopback, listener.Port);
        return (own, listener.Accept(Limit.Wait)!);
    }
}
