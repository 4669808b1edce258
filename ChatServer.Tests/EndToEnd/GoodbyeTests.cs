using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, sections 1 and 2: the ways a client goes.</summary>
[TestClass]
public sealed class GoodbyeTests
{
    private static readonly Dictionary<string, Action<WireClient>> Ways = new()
    {
        ["it closes"] = client => client.Dispose(),
        ["it ends its sending side"] = client => client.EndSending(),
        ["it resets the connection"] = client => client.Reset(),
        ["it closes inside a frame"] = client =>
        {
            client.SendBytes("torn"u8);
            client.Dispose();
        },
        ["it ends its sending side inside a frame"] = client =>
        {
            client.SendBytes(WireFrame.Encode("a whole frame but for a byte").AsSpan(1));
            client.EndSending();
        },
        ["it resets the connection inside a frame"] = client =>
        {
            client.SendBytes("torn"u8);
            client.Reset();
        },
    };

    public static IEnumerable<object[]> AllWays => Ways.Keys.Select(way => new object[] { way });

    [TestMethod]
    [DynamicData(nameof(AllWays))]
    public void The_others_get_the_notice_exactly_once_when(string way)
    {
        using var server = new TestServer();
        (WireClient panda, WireClient alice) = server.Gather("room", "Panda", "Alice");

        Ways[way](panda);
        server.AwaitConnections(1);

        alice.Fence().MustBe("Panda has left");
    }

    [TestMethod]
    [DynamicData(nameof(AllWays))]
    public void A_client_in_no_channel_leaves_without_a_notice_when(string way)
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        WireClient panda = server.Enter("Panda");

        Ways[way](panda);
        server.AwaitConnections(1);

        Assert.IsEmpty(alice.Fence());
    }

    [TestMethod]
    [DynamicData(nameof(AllWays))]
    public void A_client_without_a_name_leaves_without_a_notice_when(string way)
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        WireClient nobody = server.Connect();
        server.AwaitConnections(2);

        Ways[way](nobody);
        server.AwaitConnections(1);

        Assert.IsEmpty(alice.Fence());
    }

    [TestMethod]
    public void Frames_before_a_torn_frame_are_handled_and_the_torn_frame_is_not()
    {
        using var server = new TestServer();
        (WireClient panda, WireClient alice) = server.Gather("room", "Panda", "Alice");

        panda.SendBytes([.. WireFrame.Encode("whole"), .. "torn"u8]);
        panda.Dispose();
        server.AwaitConnections(1);

        alice.Fence().MustBe("[Panda] whole", "Panda has left");
    }

    [TestMethod]
    public void All_frames_that_were_sent_before_a_close_arrive()
    {
        using var server = new TestServer();
        (WireClient panda, WireClient alice) = server.Gather("room", "Panda", "Alice");
        string[] texts = [.. Enumerable.Range(0, 300).Select(i => $"message {i}")];

        panda.Send(texts);
        panda.Dispose();

        alice.ReadUntil("Panda has left").MustBe(texts.Select(text => $"[Panda] {text}"));
    }

    [TestMethod]
    public void A_client_that_has_ended_its_sending_side_still_gets_its_answers_and_then_the_end()
    {
        using var server = new TestServer();
        server.Gather("room", "Alice");
        WireClient panda = server.Connect();

        panda.Send("Panda", "hello", "/list");
        panda.EndSending();

        panda.ReadToEnd().MustBe("Not currently in any channel. Must join a channel before sending messages.", "room");
    }

    [TestMethod]
    public void A_client_that_has_ended_its_sending_side_still_gets_earlier_messages()
    {
        using var server = new TestServer();
        (WireClient panda, WireClient alice) = server.Gather("room", "Panda", "Alice");
        string[] texts = [.. Enumerable.Range(0, 300).Select(i => $"message {i}")];

        panda.Send(texts);
        panda.Fence();
        alice.EndSending();

        alice.ReadToEnd().MustBe(texts.Select(text => $"[Panda] {text}"));
    }

    [TestMethod]
    public void The_place_of_a_client_that_has_left_is_free_again()
    {
        using var server = new TestServer();
        (WireClient panda, WireClient alice) = server.Gather("room", "Panda", "Alice");
        panda.Reset();
        Assert.AreEqual("Panda has left", alice.Read());

        WireClient again = server.Enter("Panda");
        again.Send("/join room", "me again");
        again.Fence();

        alice.Fence().MustBe("Panda has joined", "[Panda] me again");
    }
}
