using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The client's <c>--reconnect</c>, in a pipe: to the byte.</summary>
[TestClass]
public sealed class ReconnectTests : ProgramTests
{
    private const string Wipe = "\r    \r";

    [TestMethod]
    public void When_the_server_ends_the_client_connects_again_and_joins_its_channel()
    {
        using var server = new RawServer();
        (ChatProcess client, WireClient first) = StartClientThatSays(server, "/join room");

        first.Dispose();
        WireClient second = server.Accept("Panda");

        Assert.AreEqual("/create room", second.Read()); // a server that was started again has no channels
        Assert.AreEqual("/join room", second.Read());
        client.Output.MustPrint($"[Me] {Lost(server)}{Wipe}Connected again, joining room.\n[Me] ");
        client.Type("hello");
        Assert.AreEqual("hello", second.Read());
    }

    [TestMethod]
    public void The_answer_that_the_channel_exists_is_not_shown()
    {
        const string Exists = "Room room already exists, so cannot be created.";
        using var server = new RawServer();
        (ChatProcess client, WireClient first) = StartClientThatSays(server, "/create room");

        first.Dispose();
        WireClient second = server.Accept("Panda");
        second.Send(Exists, "[Alice] you are back", Exists); // the last is what somebody may say, or ask for, later

        client.Output.MustPrint(
            $"[Me] {Lost(server)}{Wipe}Connected again, joining room.\n[Me] {Wipe}[Alice] you are back\n[Me] {Wipe}{Exists}\n[Me] ");
    }

    [TestMethod]
    public void A_client_that_was_in_no_channel_rejoins_none()
    {
        using var server = new RawServer();
        (ChatProcess client, WireClient first) = StartClientThatSays(server, "/join nowhere");
        first.Send("No channel named nowhere exists. Try '/create nowhere'?");

        first.Dispose();
        WireClient second = server.Accept("Panda");

        client.Output.AwaitEnding("Connected again.\n[Me] ");
        client.Type("hello");
        Assert.AreEqual("hello", second.Read());
    }

    [TestMethod]
    public void A_channel_that_a_moderator_has_removed_is_not_made_again()
    {
        using var server = new RawServer();
        (ChatProcess client, WireClient first) = StartClientThatSays(server, "/join room");
        first.Send("A moderator has removed the channel room.");
        client.Output.MustPrint($"[Me] {Wipe}A moderator has removed the channel room.\n[Me] ");

        first.Dispose();
        WireClient second = server.Accept("Panda");

        client.Output.AwaitEnding("Connected again.\n[Me] ");
        client.Type("hello");
        Assert.AreEqual("hello", second.Read());
    }

    [TestMethod]
    public void A_line_that_is_typed_without_a_connection_is_not_sent_and_the_client_says_so()
    {
        using var server = new RawServer();
        (ChatProcess client, WireClient first) = server.StartClient("Panda", "--reconnect");
        first.Dispose();
        client.Output.MustPrint(Lost(server));

        client.Type("lost");

        client.Output.AwaitSinceLastLook(
            text => text.Contains("Not connected: this line was not sent.\n[Me] ", StringComparison.Ordinal),
            "the client should have said so");
        WireClient second = server.Accept("Panda");
        client.Output.AwaitEnding("Connected again.\n[Me] ");
        client.Type("kept");
        Assert.AreEqual("kept", second.Read());
    }

    [TestMethod]
    public void A_join_that_was_not_sent_is_not_sent_later()
    {
        using var server = new RawServer();
        (ChatProcess client, WireClient first) = StartClientThatSays(server, "/join room");
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
    [DataRow("/join\u3000cats", "cats", DisplayName = "whatever a word is, it is one for the server")]
    [DataRow("/join cats", "No channel named cats exists. Try '/create cats'?")]
    [DataRow("/create home", "Room home already exists, so cannot be created.")]
    public void The_client_joins_the_channel_again_that_the_server_had_confirmed(string rejected, string answer)
    {
        (ChatProcess server, int port) = RunScript.StartServer();
        using ChatProcess client = RunScript.Start("client", "Panda", "localhost", RunScript.Text(port), "--reconnect");
        client.Output.MustPrint("[Me] ");
        using (server)
        {
            client.Type("/create home");
            client.Type(rejected);
            client.Output.AwaitSinceLastLook(text => text.Contains(answer, StringComparison.Ordinal), "the server should have rejected it");
            server.Terminate();
            Assert.AreEqual(0, server.AwaitExit());
        }

        using var again = new LiveServer(RunScript.Start("server", RunScript.Text(port)));

        client.Output.AwaitEnding("Connected again, joining home.\n[Me] ");
        client.Type("/list");
        client.Output.AwaitEnding($"{Wipe}home\n[Me] ");
    }

    [TestMethod]
    [DataRow("That name cannot be used: a name has 1 to 64 bytes and no brackets or line breaks.")]
    [DataRow("The name Panda is already in use.")]
    public void A_final_rejection_at_the_first_connection_ends_the_client(string rejection)
    {
        using var server = new RawServer();
        using ChatProcess client = StartClient(server);

        Reject(server, rejection);

        client.MustExit(1, output: $"{Wipe}{rejection}\n[Me] {Wipe}Server at localhost:{server.Port} has disconnected\n");
    }

    [TestMethod]
    public void A_later_final_rejection_ends_the_client()
    {
        const string Rejection = "That name cannot be used: a name has 1 to 64 bytes and no brackets or line breaks.";
        using var server = new RawServer();
        (ChatProcess client, WireClient first) = server.StartClient("Panda", "--reconnect");
        first.Dispose();

        Reject(server, Rejection);

        client.MustExit(1, output: $"{Lost(server)}{Wipe}{Rejection}\n[Me] {Wipe}Server at localhost:{server.Port} has disconnected\n");
    }

    [TestMethod]
    [DataRow("The server is full. Please try again later.")]
    [DataRow("The name Panda is already in use.", DisplayName = "the server has not noticed yet that the old connection is dead")]
    [DataRow("Go away.", DisplayName = "a text of another server")]
    public void A_temporary_rejection_is_shown_once_and_the_client_connects_later(string rejection)
    {
        using var server = new RawServer();
        (ChatProcess client, WireClient first) = server.StartClient("Panda", "--reconnect");
        first.Dispose();

        Reject(server, rejection);
        Reject(server, rejection);
        WireClient back = server.Accept("Panda");

        client.Output.MustPrint($"{Lost(server)}{Wipe}{rejection}\n[Me] {Wipe}Connected again.\n[Me] ");
        client.Type("hello");
        Assert.AreEqual("hello", back.Read());
    }

    [TestMethod]
    public void A_text_on_a_short_connection_is_shown_unless_it_repeats_the_last_one()
    {
        const string Exists = "Room room already exists, so cannot be created.";
        using var server = new RawServer();
        (ChatProcess client, WireClient first) = StartClientThatSays(server, "/join room");
        first.Dispose();

        foreach (string message in (string[])["[Alice] one", "[Alice] two", "[Alice] two"])
        {
            WireClient moment = server.Accept("Panda");
            Assert.AreSequenceEqual(["/create room", "/join room"], moment.Read(2));
            moment.Send(Exists, message);
            moment.Dispose();
        }

        server.Accept("Panda");
        client.Output.MustPrint(
            $"[Me] {Lost(server)}{Wipe}[Alice] one\n[Me] {Wipe}[Alice] two\n[Me] {Wipe}Connected again, joining room.\n[Me] ");
    }

    [TestMethod]
    public void A_server_that_is_full_at_the_first_connection_is_tried_again()
    {
        const string Full = "The server is full. Please try again later.";
        using var server = new RawServer();
        using ChatProcess client = StartClient(server);

        Reject(server, Full);
        Reject(server, Full);
        server.Accept("Panda");

        client.Output.MustPrint($"{Wipe}{Full}\n[Me] {Lost(server)}{Wipe}Connected again.\n[Me] ");
    }

    [TestMethod]
    public void A_line_that_is_typed_to_a_rejecting_server_is_reported_as_lost()
    {
        using var server = new RawServer();
        (ChatProcess client, WireClient full) = StartClientThatSays(server, "hello?");

        full.Send("The server is full. Please try again later.");
        full.Dispose();

        client.Output.AwaitEnding($"has disconnected\n[Me] {Wipe}This line was probably lost: hello?\n[Me] {Wipe}Trying to connect again ...\n[Me] ");
    }

    [TestMethod]
    public void The_client_waits_for_a_server_that_starts_later_and_holds_its_piped_input()
    {
        using var port = new HeldPort();
        using ChatProcess client = RunScript.Start("client", "Panda", "localhost", RunScript.Text(port.Number), "--reconnect");
        client.Type("/create room");
        client.Type("/list");
        client.Output.MustPrint($"Unable to connect to localhost:{port.Number}\nTrying to connect again ...\n");

        using var server = new LiveServer(RunScript.Start("server", RunScript.Text(port.Number)));

        client.Output.AwaitSinceLastLook(
            text => text.Replace("[Me] ", "", StringComparison.Ordinal) == $"{Wipe}room\n", "the client should have made its channel");
    }

    [TestMethod]
    public void At_the_end_of_input_the_client_ends_with_or_without_a_server()
    {
        using var server = new RawServer();
        (ChatProcess client, WireClient first) = server.StartClient("Panda", "--reconnect");
        first.Dispose();
        client.Output.MustPrint(Lost(server));

        client.EndInput();

        Assert.AreEqual(0, client.AwaitExit());
    }

    [TestMethod]
    public void With_several_servers_it_goes_to_the_next_one_and_comes_back_to_the_first()
    {
        using var gone = new HeldPort();
        using var a = new RawServer();
        using var b = new RawServer();
        string list = $"localhost:{gone.Number},localhost:{a.Port},localhost:{b.Port}";
        using ChatProcess client = RunScript.Start("client", "Panda", list, "--reconnect");
        WireClient atA = a.Accept("Panda");
        client.Output.MustPrint("[Me] ");
        client.Type("/join room");
        Assert.AreEqual("/join room", atA.Read());

        atA.Dispose();
        WireClient atB = b.Accept("Panda");

        Assert.AreEqual("/create room", atB.Read());
        Assert.AreEqual("/join room", atB.Read());
        client.Output.MustPrint($"[Me] {Lost(a)}{Wipe}Connected again to localhost:{b.Port}, joining room.\n[Me] ");

        atB.Dispose();
        Assert.AreEqual("/create room", a.Accept("Panda").Read());
        client.Output.MustPrint($"{Lost(b)}{Wipe}Connected again to localhost:{a.Port}, joining room.\n[Me] ");
    }

    private static ChatProcess StartClient(RawServer server)
    {
        ChatProcess client = RunScript.Start("client", "Panda", "localhost", RunScript.Text(server.Port), "--reconnect");
        client.Output.MustPrint("[Me] ");
        return client;
    }

    /// <summary>A client that has sent this line.</summary>
    private static (ChatProcess Client, WireClient Connection) StartClientThatSays(RawServer server, string line)
    {
        (ChatProcess client, WireClient connection) = server.StartClient("Panda", "--reconnect");
        client.Type(line);
        Assert.AreEqual(line, connection.Read());
        return (client, connection);
    }

    private static void Reject(RawServer server, string text)
    {
        WireClient rejected = server.Accept("Panda");
        rejected.Send(text);
        rejected.Dispose();
    }

    private static string Lost(RawServer server) =>
        $"{Wipe}Server at localhost:{server.Port} has disconnected\n[Me] {Wipe}Trying to connect again ...\n[Me] ";
}
