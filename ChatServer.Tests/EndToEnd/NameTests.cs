using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, section 4: what happens to a client whose name is rejected.</summary>
[TestClass]
public sealed class NameTests
{
    private const string Rejected = "That name cannot be used: a name has 1 to 64 bytes and no brackets or line breaks.";

    [TestMethod]
    public void A_rejected_client_that_sent_more_than_its_name_gets_the_reason()
    {
        using var server = new TestServer(new ServerOptions { DrainTimeout = Limit.Wait });
        WireClient alice = server.Gather("room", "Alice")[0];
        WireClient client = server.Connect();

        client.Send(["[bad]", "/join room", .. Enumerable.Repeat("let me in", 2000)]);

        client.ReadToEnd().MustBe(Rejected);
        Assert.IsEmpty(alice.Fence(), "None of it is handled.");
    }

    [TestMethod]
    public void A_rejected_client_that_has_ended_its_sending_side_gets_the_reason()
    {
        using var server = new TestServer();

        // Many, because it would be the server's writer and reader in a race.
        for (int i = 0; i < 50; i++)
        {
            using WireClient client = WireClient.Connect(server.Port);
            client.Send("[bad]", "hello");
            client.EndSending();
            client.ReadToEnd().MustBe([Rejected], $"Client {i}");
        }
    }

    [TestMethod]
    public void With_unique_names_the_second_client_is_rejected_and_closed()
    {
        using var server = new TestServer(new ServerOptions { UniqueNames = true });
        (WireClient panda, WireClient alice) = server.Gather("room", "Panda", "Alice");
        WireClient second = server.Connect();

        second.Send("Panda", "/join room", "hello");

        second.ReadToEnd().MustBe("The name Panda is already in use.");
        Assert.IsEmpty(alice.Fence(), "The server should not execute the commands of the second client.");
        panda.Send("I am Panda");
        Assert.AreEqual("[Panda] I am Panda", alice.Read(), "The first is not disturbed.");
    }

    [TestMethod]
    public void A_unique_name_is_free_again_when_its_client_has_left()
    {
        using var server = new TestServer(new ServerOptions { UniqueNames = true });
        server.Enter("Panda").Dispose();
        server.AwaitConnections(0);

        WireClient next = server.Connect();
        next.Send("Panda");

        Assert.IsEmpty(next.Fence());
    }
}
