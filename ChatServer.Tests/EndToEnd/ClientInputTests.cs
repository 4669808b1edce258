using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, section 5: the frames of the client for typed lines. The test is the server.</summary>
[TestClass]
public sealed class ClientInputTests : ProgramTests
{
    [TestMethod]
    public void A_long_line_arrives_at_another_client_whole()
    {
        string line = string.Join(' ', Enumerable.Range(0, 150).Select(i => $"word-{i}"));
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using ChatProcess client = RunScript.StartClient("Panda", "localhost", server.Port);

        client.Type("/join room");
        client.Type(line);
        client.EndInput();

        Assert.AreEqual("Panda has joined", alice.Read());
        Assert.AreEqual(
            line, string.Concat(alice.ReadUntil("Panda has left").Select(text => text["[Panda] ".Length..])));
    }

    [TestMethod]
    public void A_blank_line_is_not_sent_and_the_prompt_appears_again()
    {
        using var server = new RawServer();
        (ChatProcess client, WireClient connection) = server.StartClient();

        client.Type("");
        client.Output.MustPrint("[Me] ");
        client.Type(" \t ");
        client.Output.MustPrint("[Me] ");
        client.Type("next");

        Assert.AreEqual("next", connection.Read());
    }

    [TestMethod]
    public void A_control_message_that_just_fits_is_sent_whole()
    {
        string command = $"/create {new string('c', 192)}";
        using var server = new RawServer();
        (ChatProcess client, WireClient connection) = server.StartClient();

        client.Type(command);

        Assert.AreEqual(command, connection.Read());
    }

    [TestMethod]
    [DataRow(193)]
    [DataRow(100_000)]
    public void A_control_message_that_is_too_long_is_not_sent_and_the_client_says_so(int length)
    {
        using var server = new RawServer();
        (ChatProcess client, WireClient connection) = server.StartClient();

        client.Type($"/create {new string('c', length)}");
        string said = client.Output.AwaitSinceLastLook(
            text => text.EndsWith("\n[Me] ", StringComparison.Ordinal), "the client should have said something and asked again");
        client.Type("next");

        Assert.IsGreaterThan("\n[Me] ".Length, said.Length, "It says something.");
        Assert.AreEqual("next", connection.Read());
    }

    [TestMethod]
    [DataRow("@panda")]
    [DataRow("--help")]
    [DataRow("-x")]
    [DataRow("[x]")]
    [DataRow("Red Panda")]
    public void Any_name_can_be_given_behind_two_dashes(string name)
    {
        using var server = new RawServer();
        using ChatProcess client = RunScript.Start("client", "--", name, "localhost", RunScript.Text(server.Port));

        server.Accept(name);

        client.Output.MustPrint("[Me] ");
    }

    [TestMethod]
    public void A_name_that_begins_with_an_at_sign_is_not_a_response_file()
    {
        using var server = new RawServer();
        using ChatProcess client = RunScript.StartClient("@panda", "localhost", server.Port);

        server.Accept("@panda");
    }
}
