using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, section 7: the programs of part 0.</summary>
[TestClass]
[TestCategory(NativePrograms.Category)]
public sealed class BasicProgramTests : ProgramTests
{
    [TestMethod]
    [DataRow("first\nsecond\n", "first")]
    [DataRow("", "")]
    public void The_basic_client_sends_the_first_line_only(string input, string sent)
    {
        using var server = new RawServer();
        using ChatProcess client = RunScript.Start("basic-client", "localhost", RunScript.Text(server.Port));
        WireClient connection = server.Accept();

        client.Pipe(input);
        client.EndInput();

        Assert.AreEqual(sent, ReadText(connection.Socket));
        client.MustExit(0);
    }

    [TestMethod]
    public void The_basic_programs_work_with_each_other()
    {
        using var port = new HeldPort();
        using ChatProcess server = RunScript.Start("basic-server", RunScript.Text(port.Number));
        WireClient.ConnectWhenItListens(port.Number).Dispose();
        server.Output.MustPrint("\n");
        using ChatProcess client = RunScript.Start("basic-client", "127.0.0.1", RunScript.Text(port.Number));

        client.Type("hello");

        client.MustExit(0);
        server.Output.MustPrint("hello\n");
    }

    [TestMethod]
    public void A_basic_server_that_cannot_print_says_so_and_ends()
    {
        Needs.Linux(); // for a device that is always full
        using var port = new HeldPort();
        using var server = new ChatProcess(
            "bash", RunScript.Root, ["-c", "exec ./run.sh basic-server \"$0\" >/dev/full", RunScript.Text(port.Number)]);
        using WireClient client = WireClient.ConnectWhenItListens(port.Number);
        client.SendBytes("hello"u8);

        Assert.AreEqual(1, server.AwaitExit());
        string error = server.Error.AwaitEnd();
        Assert.StartsWith("Cannot print what clients send: ", error);
        Assert.HasCount(1, error.TrimEnd().Split('\n'));
    }

    private static string ReadText(Socket socket)
    {
        using var reader = new StreamReader(new NetworkStream(socket));
        return reader.ReadToEnd();
    }
}
