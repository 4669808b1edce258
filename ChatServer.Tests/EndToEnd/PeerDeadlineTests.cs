using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>A client must give its name, and finish a frame it has begun, in time; between frames it has all the time there is.</summary>
[TestClass]
public sealed class PeerDeadlineTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    [TestMethod]
    public void A_client_that_sends_nothing_is_closed()
    {
        using var server = new TestServer(new ServerOptions { NameTimeout = Short, FrameTimeout = Long });
        WireClient silent = server.Connect();

        Assert.IsEmpty(silent.ReadToEnd(), "It gets no frame.");
    }

    [TestMethod]
    public void A_client_that_never_completes_its_name_is_closed_although_it_keeps_sending()
    {
        using var server = new TestServer(new ServerOptions { NameTimeout = Short, FrameTimeout = Long });

        AssertClosedWhileTrickling(server.Connect());
    }

    [TestMethod]
    public void A_client_that_never_completes_a_frame_is_closed_although_it_keeps_sending()
    {
        using var server = new TestServer(new ServerOptions { NameTimeout = Long, FrameTimeout = Short });
        (WireClient panda, WireClient alice) = server.Gather("room", "Panda", "Alice");

        AssertClosedWhileTrickling(panda);

        server.AwaitConnections(1);
        alice.Fence().MustBe("Panda has left");
    }

    [TestMethod]
    public void A_client_that_stops_inside_a_frame_is_closed_and_one_that_is_idle_between_frames_is_not()
    {
        using var server = new TestServer(new ServerOptions { NameTimeout = Long, FrameTimeout = Short });
        (WireClient panda, WireClient alice) = server.Gather("room", "Panda", "Alice");

        panda.SendBytes("begun"u8);

        Assert.AreEqual("Panda has left", alice.Read());
        Assert.IsEmpty(alice.Fence(), "Alice was idle all the time.");
    }

    [TestMethod]
    public void A_client_that_completes_each_frame_in_time_is_not_closed()
    {
        using var server = new TestServer(new ServerOptions { NameTimeout = Long, FrameTimeout = TimeSpan.FromSeconds(4) });
        WireClient steady = server.Enter("Steady");
        WireClient stuck = server.Enter("Stuck");
        byte[] frame = WireFrame.Encode("/join nowhere");
        const string Answer = "No channel named nowhere exists. Try '/create nowhere'?";

        steady.SendBytes(frame.AsSpan(0, 100));
        stuck.SendBytes("begun later"u8);
        while (!stuck.HasEnded(wait: TimeSpan.FromMilliseconds(20)))
        {
            steady.SendBytes([.. frame.AsSpan(100), .. frame.AsSpan(0, 100)]);
            Assert.AreEqual(Answer, steady.Read());
        }

        steady.SendBytes(frame.AsSpan(100));
        Assert.AreEqual(Answer, steady.Read(), "The first frame of the steady client would have exceeded its limit before.");
    }

    [TestMethod]
    public void A_client_with_a_complete_frame_is_not_closed_while_its_message_waits_for_a_slow_reader()
    {
        using var server = new TestServer(new ServerOptions
        {
            NameTimeout = Long,
            FrameTimeout = Short,
            SendLimits = new SendLimits(1_000, 10_000_000, SlowTimeout: Long),
            SendBufferBytes = 4_096,
        });
        WireClient panda = server.Gather("room", "Panda")[0];
        WireClient slow = server.Connect(receiveBuffer: 4_096);
        slow.Send("Slow", "/join room");
        Assert.AreEqual("Slow has joined", panda.Read());
        WireClient late = server.Enter("Late");
        byte[] talk = [.. Enumerable.Range(0, 1_000).SelectMany(_ => WireFrame.Encode("are you there?"))];

        panda.SendBytes(talk.AsSpan(0, 100));
        panda.SendBytes(talk.AsSpan(100));
        late.SendBytes("begun later, and never finished"u8);
        Assert.IsEmpty(late.ReadToEnd());

        Assert.IsFalse(panda.HasEnded(wait: TimeSpan.Zero), "Panda's frame was finished.");
        slow.Dispose();
        Assert.AreEqual("Slow has left", panda.Read()); // not at a fence: Panda's thread and Slow's go on at the same time
    }

    /// <summary>Sends a byte now and then, fewer than a frame within the limit.</summary>
    private static void AssertClosedWhileTrickling(WireClient client)
    {
        for (int i = 0; i < WireFrame.Size - 1; i++)
        {
            client.SendBytes("x"u8);
            if (client.HasEnded(wait: Limit.Wait / WireFrame.Size))
            {
                return;
            }
        }

        Assert.Fail($"Not closed within {Limit.Wait.TotalSeconds} s.");
    }
}
