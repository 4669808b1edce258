using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The client's <c>--reconnect</c>, in a pipe: to the byte.</summary>
[TestClass]
public sealed class ReconnectTests : ProgramTests
{
    private const string Wipe = "\r    \r";

    [TestMethod]
    public void When_the_server_goes_the_client_connects_again_and_joins_its_channel()
    {
        using var server = new RawServer();
        using ChatProcess client = StartClient(server);
        WireClient first = server.Accept("Panda");
        client.Type("/join room");
        Assert.AreEqual("/join room", first.Read());

        first.Dispose();
        WireClient second = server.Accept("Panda");

        Assert.AreEqual("/create room", second.Read()); // a server that was started again has no channels
        Assert.AreEqual("/join room", second.Read());
        client.Output.MustPrint($"[Me] {Lost(server)}{Wipe}Connected again, joining room.\n[Me] ");
        client.Type("hello");
        Assert.AreEqual("hello", second.Read());
    }

    [TestMethod]
    public void That_the_channel_is_still_there_is_no_news()
    {
        const string Exists = "Room room already exists, so cannot be created.";
        using var server = new RawServer();
        using ChatProcess client = StartClient(server);
        WireClient first = server.Accept("Panda");
        client.Type("/create room");
        Assert.AreEqual("/create room", first.Read());

        first.Dispose();
        WireClient second = server.Accept("Panda");
        second.Send(Exists, "[Alice] you are back", Exists); // the last is what somebody may say, or ask for, later

        client.Output.MustPrint(
            $"[Me] {Lost(server)}{Wipe}Connected again, joining room.\n[Me] {Wipe}[Alice] you are back\n[Me] {Wipe}{Exists}\n[Me] ");
    }

    [TestMethod]
    public void Who_was_in_no_channel_joins_none()
    {
        using var server = new RawServer();
        using ChatProcess client = StartClient(server);
        WireClient first = server.Accept("Panda");
        client.Type("/join nowhere");
        Assert.AreEqual("/join nowhere", first.Read());
        first.Send("No channel named nowhere exists. Try '/create nowhere'?");

        first.Dispose();
        WireClient second = server.Accept("Panda");

        client.Output.AwaitSinceLastLook(
            text => text.EndsWith("Connected again.\n[Me] ", StringComparison.Ordinal), "the client should be back");
        client.Type("hello");
        Assert.AreEqual("hello", second.Read());
    }

    [TestMethod]
    public void What_is_typed_while_there_is_no_server_is_not_sent_and_the_client_says_so()
    {
        using var server = new RawServer();
        using ChatProcess client = StartClient(server);
        server.Accept("Panda").Dispose();
        client.Output.MustPrint(Lost(server));

        client.Type("lost");

        client.Output.AwaitSinceLastLook(
            text => text.Contains("Not connected: this line was not sent.\n[Me] ", StringComparison.Ordinal),
            "the client should have said so");
        WireClient second = server.Accept("Panda");
        client.Type("kept");
        Assert.AreEqual("kept", second.Read());
    }

    [TestMethod]
    public void A_join_that_was_not_sent_is_not_made_up_for_later()
    {
        using var server = new RawServer();
        using ChatProcess client = StartClient(server);
        WireClient first = server.Accept("Panda");
        client.Type("/join room");
        Assert.AreEqual("/join room", first.Read());
        first.Dispose();
        client.Output.MustPrint($"[Me] {Lost(server)}");
        client.Type("/join other");
        client.Output.AwaitSinceLastLook(
            text => text.Contains("Not connected: this line was not sent.\n[Me] ", StringComparison.Ordinal),
            "the client should have said so");

        server.Accept("Panda").Dispose();
        WireClient third = server.Accept("Panda");

        Assert.AreEqual("/create room", third.Read());
        Assert.AreEqual("/join room", third.Read());
    }

    [TestMethod]
    public void At_the_end_of_input_it_ends_whether_there_is_a_server_or_not()
    {
        using var server = new RawServer();
        using ChatProcess client = StartClient(server);
        server.Accept("Panda").Dispose();
        client.Output.MustPrint(Lost(server));

        client.EndInput();

        Assert.AreEqual(0, client.AwaitExit());
    }

    private static ChatProcess StartClient(RawServer server)
    {
        ChatProcess client = RunScript.Start("client", "Panda", "localhost", RunScript.Text(server.Port), "--reconnect");
        client.Output.MustPrint("[Me] ");
        return client;
    }

    private static string Lost(RawServer server) =>
        $"{Wipe}Server at localhost:{server.Port} has disconnected\n[Me] {Wipe}Trying to connect again ...\n[Me] ";
}
