using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The server as a program: its signals, its exit codes, its options.</summary>
[TestClass]
public sealed class ServerProgramTests : ProgramTests
{
    [TestMethod]
    public void SIGTERM_stops_the_server() => AssertStopsOn(server => server.Terminate());

    [TestMethod]
    public void Ctrl_C_stops_the_server() => AssertStopsOn(server => server.Interrupt());

    [TestMethod]
    [DataRow("server")]
    [DataRow("basic-server")]
    public void A_port_in_use_is_one_line_on_standard_error(string verb)
    {
        using Socket listener = ListenSocket.Open(0);
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        using ChatProcess server = RunScript.Start(verb, RunScript.Text(port));

        AssertRejected(server, exitCode: 1);
    }

    [TestMethod]
    [DataRow]
    [DataRow("port")]
    [DataRow("65536")]
    [DataRow("-1")]
    [DataRow("0", "more")]
    [DataRow("0", "--nonsense")]
    [DataRow("0", "--max-connections", "0")]
    [DataRow("0", "--max-connections")]
    [DataRow("0", "--name-timeout", "soon")]
    [DataRow("0", "--log-level", "loud")]
    [DataRow("0", "--soft-limit", "2000", "--hard-limit", "1000")]
    public void Wrong_arguments_are_one_line_on_standard_error(params string[] arguments)
    {
        using ChatProcess server = RunScript.Start(["server", .. arguments]);

        AssertRejected(server, exitCode: 2);
    }

    [TestMethod]
    [DataRow("server", "--help")]
    [DataRow("server", "--version")]
    [DataRow("basic-server", "--help")]
    [DataRow("client", "--help")]
    [DataRow("client", "--version")]
    public void Help_and_version_go_to_standard_output(string program, string option)
    {
        using ChatProcess process = RunScript.Start(program, option);

        Assert.AreEqual(0, process.AwaitExit());
        Assert.AreNotEqual("", process.Output.AwaitEnd().Trim());
        Assert.AreEqual("", process.Error.AwaitEnd());
    }

    [TestMethod]
    public void The_options_on_the_command_line_reach_the_server()
    {
        (ChatProcess server, int port) = RunScript.StartServer(
            "--unique-names", "--max-connections", "2", "--max-channels", "1", "--name-timeout", "1");
        using ChatProcess _ = server;
        using WireClient panda = WireClient.Connect(port);
        panda.Send("Panda", "/create one", "/create two");
        panda.Fence().MustBe("No more channels can be created on this server.");

        using (WireClient silent = WireClient.Connect(port))
        {
            using WireClient third = WireClient.Connect(port);
            third.ReadToEnd().MustBe("The server is full. Please try again later.");
            Assert.IsEmpty(silent.ReadToEnd(), "Closed, because it gave no name.");
        }

        // The silent one's place may be free only a moment after its end.
        string[] answer = [];
        Eventually.True(
            () =>
            {
                using WireClient second = WireClient.Connect(port);
                second.Send("Panda");
                answer = second.ReadToEnd();
                return answer is not ["The server is full. Please try again later."];
            },
            "a place should be free");
        answer.MustBe("The name Panda is already in use.");
    }

    private static void AssertStopsOn(Action<ChatProcess> signal)
    {
        (ChatProcess server, int port) = RunScript.StartServer();
        using ChatProcess _ = server;
        using WireClient client = WireClient.Connect(port);
        client.Send("Panda", "/create room");
        Assert.IsEmpty(client.Fence());

        signal(server);

        Assert.IsEmpty(client.ReadToEnd(), "Its clients get the end of the stream.");
        client.Dispose();
        Assert.AreEqual(0, server.AwaitExit());
        Assert.AreEqual("", server.Output.AwaitEnd(), "Its log goes to standard error.");
    }

    private static void AssertRejected(ChatProcess server, int exitCode)
    {
        Assert.AreEqual(exitCode, server.AwaitExit());
        string error = server.Error.AwaitEnd();
        Assert.AreEqual(error.Length - 1, error.IndexOf('\n', StringComparison.Ordinal), $"Not one line: '{error}'");
        Assert.AreEqual("", server.Output.AwaitEnd());
    }
}
