using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, section 4: which names there may be, and what happens to the others.</summary>
[TestClass]
public sealed class NameTests
{
    private const string Refused = "That name cannot be used: a name has 1 to 64 bytes and no brackets or line breaks.";

    private static readonly string Bytes66 = string.Concat(Enumerable.Repeat("水", 22));
    private static readonly string Bytes63 = string.Concat(Enumerable.Repeat("水", 21));

    public static IEnumerable<object[]> BadNames =>
    [
        [""], ["\n"], [" \t "], ["\u0001\u001b"], ["\u2028"], ["["], ["]"], ["[Panda]"], ["Pan[da"], ["Panda]"],
        ["Pan\nda"], ["Pan\rda"], [new string('n', 65)], [new string('n', 200)], [Bytes66],
    ];

    public static IEnumerable<object[]> GoodNames =>
    [
        ["P", "P"],
        ["Panda", "Panda"],
        [new string('n', 64), new string('n', 64)],
        [Bytes63, Bytes63],
        ["Red Panda", "Red Panda"],
        ["/list", "/list"],
        ["@panda", "@panda"],
        ["🐼", "🐼"],
        ["Pan\tda\u001b\u007f!", "Pan da  !"],
        ["Pan\u0085\u202eda\u2066", "Panda"],
    ];

    [TestMethod]
    [DynamicData(nameof(BadNames))]
    public void A_bad_name_is_refused_and_the_connection_closed(string name)
    {
        using var server = new TestServer();
        WireClient client = server.Connect();

        client.Send(name);

        client.ReadToEnd().MustBe(Refused);
    }

    [TestMethod]
    [DynamicData(nameof(GoodNames))]
    public void A_good_name_is_taken_and_shown_clean(string name, string shown)
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        WireClient client = server.Connect();

        client.Send(name, "/join room", "hello");

        alice.Read(2).MustBe($"{shown} has joined", $"[{shown}] hello");
    }

    [TestMethod]
    public void A_name_of_broken_UTF8_is_shown_with_question_marks()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        WireClient client = server.Connect();

        client.SendBytes([.. WireFrame.Pad([(byte)'P', 0xFF, 0xE6, 0xB0, (byte)'a']), .. WireFrame.Encode("/join room")]);

        Assert.AreEqual("P???a has joined", alice.Read());
    }

    [TestMethod]
    public void Who_is_refused_gets_the_text_though_it_sent_more_behind_the_name()
    {
        using var server = new TestServer(new ServerOptions { DrainTimeout = Limit.Wait });
        WireClient alice = server.Gather("room", "Alice")[0];
        WireClient client = server.Connect();

        client.Send(["[bad]", "/join room", .. Enumerable.Repeat("let me in", 2000)]);

        client.ReadToEnd().MustBe(Refused);
        Assert.IsEmpty(alice.Fence(), "Nothing of it is done.");
    }

    [TestMethod]
    public void Who_is_refused_gets_the_text_though_it_has_ended_its_sending_side()
    {
        using var server = new TestServer();

        // Many, because it would be the server's writer and reader in a race.
        for (int i = 0; i < 50; i++)
        {
            using WireClient client = WireClient.Connect(server.Port);
            client.Send("[bad]", "hello");
            client.EndSending();
            client.ReadToEnd().MustBe([Refused], $"Client {i}");
        }
    }

    [TestMethod]
    public void Unique_names_refuse_the_second_and_close()
    {
        using var server = new TestServer(new ServerOptions { UniqueNames = true });
        WireClient[] room = server.Gather("room", "Panda", "Alice");
        WireClient second = server.Connect();

        second.Send("Panda", "/join room", "hello");

        second.ReadToEnd().MustBe("The name Panda is already in use.");
        Assert.IsEmpty(room[1].Fence(), "Nothing of the second is done.");
        room[0].Send("I am Panda");
        Assert.AreEqual("[Panda] I am Panda", room[1].Read(), "The first is not disturbed.");
    }

    [TestMethod]
    public void A_unique_name_is_free_again_when_its_owner_has_gone()
    {
        using var server = new TestServer(new ServerOptions { UniqueNames = true });
        server.Enter("Panda").Dispose();
        server.AwaitConnections(0);

        WireClient next = server.Connect();
        next.Send("Panda");

        Assert.IsEmpty(next.Fence());
    }

    [TestMethod]
    public void A_unique_name_is_compared_after_cleaning()
    {
        using var server = new TestServer(new ServerOptions { UniqueNames = true });
        server.Enter("Panda");
        WireClient second = server.Connect();

        second.Send("Pan\u202eda");

        second.ReadToEnd().MustBe("The name Panda is already in use.");
    }
}
