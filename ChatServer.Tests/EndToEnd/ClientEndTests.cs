using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, section 5: the ways the client ends.</summary>
[TestClass]
public sealed class ClientEndTests : ProgramTests
{
    private static readonly Dictionary<string, Action<WireClient>> WaysOfServers = new()
    {
        ["closes"] = server => server.Dispose(),
        ["ends its sending side"] = server => server.EndSending(),
        ["resets the connection"] = server => server.Reset(),
        ["closes inside a frame"] = server =>
        {
            server.SendBytes("torn"u8);
            server.Dispose();
        },
    };

    public static IEnumerable<object[]> AllWaysOfServers => WaysOfServers.Keys.Select(way => new object[] { way });

    [TestMethod]
    public void At_the_end_of_input_all_lines_are_sent_and_then_the_answers_are_printed()
    {
        using var server = new TestServer();
        using ChatProcess client = RunScript.Start("client", "Panda", "localhost", RunScript.Text(server.Port));

        client.Pipe("/create b\n/create a\nhello\n/nonsense\n/list"); // the last line without its newline
        client.EndInput();

        Assert.AreEqual(0, client.AwaitExit());
        string printed = client.Output.AwaitEnd().Replace("[Me] ", "", StringComparison.Ordinal);
        Assert.AreEqual(
            "\r    \r/nonsense is not a valid control message. Valid messages are /create, /list, and /join.\n"
            + "\r    \ra\nb\n",
            printed);
        Assert.AreEqual("", client.Error.AwaitEnd());
    }

    [TestMethod]
    public void A_thousand_lines_in_a_pipe_are_all_sent_in_order()
    {
        string[] lines = [.. Enumerable.Range(0, 1000).Select(i => $"line {i}")];
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using ChatProcess client = RunScript.Start("client", "Panda", "localhost", RunScript.Text(server.Port));

        client.Pipe($"/join room\n{string.Join('\n', lines)}\n");
        client.EndInput();

        alice.ReadUntil("Panda has left").MustBe(["Panda has joined", .. lines.Select(line => $"[Panda] {line}")]);
        Assert.AreEqual(0, client.AwaitExit());
    }

    [TestMethod]
    public void After_the_end_of_input_further_frames_are_printed_until_the_server_closes()
    {
        using var server = new RawServer();
        (ChatProcess client, WireClient connection) = server.StartClient();

        client.EndInput();
        Assert.IsEmpty(connection.ReadToEnd(), "The sending side is closed.");
        connection.Send("last words");
        connection.Dispose();

        client.MustExit(0, output: "\r    \rlast words\n[Me] ");
    }

    [TestMethod]
    public void After_the_end_of_input_the_client_waits_a_bounded_time_for_the_server_to_close()
    {
        using var server = new RawServer();
        (ChatProcess client, _) = server.StartClient();

        client.EndInput();

        client.MustExit(0);
    }

    [TestMethod]
    [DynamicData(nameof(AllWaysOfServers))]
    public void The_client_reports_that_the_server_has_disconnected_when_it(string way)
    {
        using var server = new RawServer();
        (ChatProcess client, WireClient connection) = server.StartClient();

        WaysOfServers[way](connection);

        client.MustExit(1, output: $"\r    \rServer at localhost:{server.Port} has disconnected\n");
    }

    [TestMethod]
    [DataRow("localhost")]
    [DataRow("127.0.0.1")]
    public void The_client_reports_that_a_killed_server_has_disconnected(string host)
    {
        (ChatProcess server, int port) = RunScript.StartServer();
        using ChatProcess _ = server;
        using ChatProcess client = RunScript.StartClient("Panda", host, port);

        server.Kill();

        client.MustExit(1, output: $"\r    \rServer at {host}:{port} has disconnected\n");
    }

    [TestMethod]
    [DataRow]
    [DataRow("Panda")]
    [DataRow("Panda", "localhost")]
    [DataRow("Panda", "localhost", "55555", "more")]
    [DataRow("Panda", "localhost", "port")]
    [DataRow("Panda", "localhost", "0")]
    [DataRow("Panda", "localhost", "65536")]
    [DataRow("Panda", "localhost", "-1")]
    [DataRow("Panda", "localhost", "55555", "--nonsense")]
    public void Wrong_arguments_get_the_usage_on_standard_error(params string[] arguments)
    {
        using ChatProcess client = RunScript.Start(["client", .. arguments]);

        Assert.AreEqual(2, client.AwaitExit());
        Assert.Contains("NAME HOST PORT", client.Error.AwaitEnd());
        Assert.AreEqual("", client.Output.AwaitEnd());
    }

    [TestMethod]
    public void Ctrl_C_ends_the_client_with_a_newline()
    {
        using var server = new RawServer();
        (ChatProcess client, _) = server.StartClient();

        client.Interrupt();

        client.MustExit(130, output: "\n");
    }

    [TestMethod]
    public void A_client_whose_output_has_no_reader_ends_quietly()
    {
        using var server = new RawServer();
        using ChatProcess pipeline = RunScript.StartBash($"./run.sh client Panda localhost {server.Port} | head -1");
        WireClient connection = server.Accept("Panda");

        connection.Send("first");
        pipeline.Output.MustPrint("[Me] \r    \rfirst\n"); // and head ends
        Eventually.True(
            () =>
            {
                connection.Send("is anybody there?");
                return connection.HasEnded(wait: TimeSpan.FromMilliseconds(10));
            },
            "the client should have ended");

        Assert.AreEqual("", pipeline.Output.AwaitEnd());
        Assert.AreEqual("", pipeline.Error.AwaitEnd());
        pipeline.AwaitExit();
    }
}
