using System.Text.RegularExpressions;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/trace.md: what server and client show of their receives and sends.</summary>
[TestClass]
public sealed partial class TraceTests : ProgramTests
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [TestCleanup]
    public void DeleteFile() => File.Delete(_file);

    [TestMethod]
    public void The_trace_of_the_server_shows_a_message_that_arrived_in_two_pieces()
    {
        (ChatProcess server, int port) = RunScript.StartServer("--trace-file", _file);
        using ChatProcess _ = server;
        using WireClient alice = WireClient.Connect(port);
        alice.Send("Alice");
        Assert.IsEmpty(alice.Fence());
        byte[] frame = WireFrame.Encode("/create 168_tas");

        alice.SendBytes(frame.AsSpan(0, 150));
        AwaitLine("[Alice] recv   150 bytes   frame 3: 150 of 200, waiting for 50");
        alice.SendBytes(frame.AsSpan(150));
        AwaitLine("[Alice] recv    50 bytes   frame 3 whole");

        AwaitLine("""#1 recv frame 3: "/create 168_tas"  15 bytes + 185 padding""");
    }

    [TestMethod]
    public void The_trace_of_the_server_shows_joined_messages_and_a_torn_one()
    {
        (ChatProcess server, int port) = RunScript.StartServer("--trace-file", _file);
        using ChatProcess _ = server;
        using WireClient alice = WireClient.Connect(port);
        alice.Send("Alice");
        Assert.IsEmpty(alice.Fence());

        alice.SendBytes([.. WireFrame.Encode(["one", "two"]), .. "torn \u001b[2J"u8]);
        AwaitLine("[Alice] recv   409 bytes   frames 3 to 4 whole; frame 5: 9 of 200, waiting for 191");
        alice.EndSending();

        AwaitLine("closed: TornFrame");
        AwaitLine("""#1 recv frame 5: "torn \x1B[2J"  9 bytes + 0 padding; 9 of 200 bytes: torn""");
        Assert.DoesNotContain('\u001b', File.ReadAllText(_file));
        AwaitLine(" end of stream, inside a frame");
    }

    [TestMethod]
    public void The_traces_of_server_and_client_show_the_same_bytes()
    {
        (ChatProcess server, int port) = RunScript.StartServer("--trace");
        using ChatProcess _ = server;
        using ChatProcess client = RunScript.Start("client", "Panda", "localhost", RunScript.Text(port), "--trace-file", _file);
        client.Type("/nonsense");
        AwaitLine("server recv frame 1: \"/nonsense is not a valid");
        client.EndInput();
        client.MustExit(0, "[Me] [Me] \r    \r/nonsense is not a valid control message. Valid messages are /create, /list, and /join.\n[Me] ");

        string trace = server.Error.AwaitSinceLastLook(
            text => text.Contains("closed: PeerClosed", StringComparison.Ordinal), "the server should have traced the end");
        string[] sent = FramesIn(File.ReadAllText(_file), "send");
        Assert.HasCount(2, sent);
        FramesIn(trace, "recv").MustBe(sent);
        FramesIn(trace, "send").MustBe(FramesIn(File.ReadAllText(_file), "recv"));
    }

    [TestMethod]
    public void The_trace_of_the_client_shows_a_reset()
    {
        using var raw = new RawServer();
        using ChatProcess client = RunScript.Start("client", "Panda", "localhost", RunScript.Text(raw.Port), "--trace-file", _file);
        WireClient connection = raw.Accept("Panda");
        connection.SendBytes("half"u8);
        AwaitLine("recv     4 bytes   frame 1: 4 of 200, waiting for 196");

        connection.Reset();

        Assert.AreEqual(1, client.AwaitExit());
        AwaitLine("recv failed        connection lost, inside a frame");
    }

    [TestMethod]
    public void Without_a_file_the_trace_of_the_client_goes_to_standard_error()
    {
        using var raw = new RawServer();
        using ChatProcess client = RunScript.Start("client", "Panda", "localhost", RunScript.Text(raw.Port), "--trace");
        raw.Accept("Panda");

        client.Error.AwaitSinceLastLook(
            text => text.Contains("server send frame 1: \"Panda\"  5 bytes + 195 padding\n", StringComparison.Ordinal),
            "the client should have shown what it sent");
        client.Output.MustPrint("[Me] ");
    }

    [TestMethod]
    public void Without_the_option_there_is_no_trace()
    {
        (ChatProcess server, int port) = RunScript.StartServer();
        using ChatProcess _ = server;
        using ChatProcess client = RunScript.StartClient("Panda", "localhost", port);
        client.EndInput();

        client.MustExit(0);
        server.Terminate();
        server.AwaitExit();
        Assert.DoesNotContain("recv", server.Error.AwaitEnd());
    }

    [TestMethod]
    [DataRow("server", "0")]
    [DataRow("client", "Panda", "localhost", "1")]
    public void A_trace_file_that_cannot_be_opened_is_one_line_on_standard_error(params string[] words)
    {
        using ChatProcess program = RunScript.Start([.. words, "--trace-file", "/no/such/folder/trace"]);

        program.MustExit(1, "", "Cannot open the trace file: Could not find a part of the path '/no/such/folder/trace'.\n");
    }

    [TestMethod]
    [DataRow("server", "0", "--trace-file")]
    [DataRow("client", "Panda", "localhost", "1", "--trace-file")]
    [DataRow("basic-server", "0", "--trace")]
    [DataRow("basic-client", "localhost", "1", "--trace")]
    public void A_trace_without_a_file_or_of_part_0_is_rejected(params string[] words)
    {
        using ChatProcess program = RunScript.Start(words);

        Assert.AreEqual(2, program.AwaitExit());
        Assert.Contains("--trace", program.Error.AwaitEnd());
        Assert.AreEqual("", program.Output.AwaitEnd());
    }

    [TestMethod]
    public void A_full_disk_ends_only_the_trace()
    {
        const string Full = "/dev/full";
        if (!File.Exists(Full))
        {
            Assert.Inconclusive($"This needs {Full}.");
        }

        (ChatProcess server, int port) = RunScript.StartServer("--trace-file", Full);
        using ChatProcess _ = server;
        using WireClient panda = WireClient.Connect(port);
        panda.Send("Panda", "/create room");

        Assert.IsEmpty(panda.Fence(), "The server serves on.");
        server.Error.AwaitSinceLastLook(
            text => text.Contains("The trace ends here: ", StringComparison.Ordinal), "the server should have said that the trace ends");
        server.Terminate();
        Assert.AreEqual(0, server.AwaitExit());
        Assert.AreEqual(1, LastLine().Count(server.Error.All));
    }

    [TestMethod]
    public void A_closed_standard_error_does_not_end_the_client()
    {
        using var server = new TestServer();
        using ChatProcess client = RunScript.StartBash(
            $"(echo /nonsense; read -r _) | ./run.sh client Panda localhost {server.Port} --trace 2> >(exec head -c 1 >/dev/null)");

        client.Output.AwaitSinceLastLook(
            text => text.Contains("/nonsense is not a valid", StringComparison.Ordinal), "the client should have gone on");
    }

    /// <summary>Waits until the trace file has a line with <paramref name="text"/> after its time and name.</summary>
    private void AwaitLine(string text) => Eventually.True(
        () => File.Exists(_file) && File.ReadAllText(_file).Contains(text, StringComparison.Ordinal),
        $"the trace should have '{text}'");

    /// <summary>The frames of a trace in one direction, without the peer.</summary>
    private static string[] FramesIn(string trace, string direction) =>
        [.. Frame().Matches(trace).Where(match => match.Groups[1].Value == direction).Select(match => match.Groups[2].Value)];

    [GeneratedRegex("^ +[^ ]+ (recv|send) (frame .*)$", RegexOptions.Multiline)]
    private static partial Regex Frame();

    [GeneratedRegex("^The trace ends here: .", RegexOptions.Multiline)]
    private static partial Regex LastLine();
}
