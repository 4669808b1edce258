using System.Net.Sockets;
using System.Text;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, section 7: the programs of part 0.</summary>
[TestClass]
public sealed class BasicProgramTests : ProgramTests
{
    [TestMethod]
    public void The_basic_server_prints_what_each_client_sends_and_a_newline_one_client_after_the_other()
    {
        using var port = new HeldPort();
        using ChatProcess server = RunScript.Start("basic-server", RunScript.Text(port.Number));
        using WireClient first = ConnectWhenItListens(port.Number);
        using WireClient second = WireClient.Connect(port.Number);
        string longText = new('x', 100_000);

        second.SendBytes("second, "u8);
        second.SendBytes("sent first\n"u8);
        second.Dispose();
        first.SendBytes("first "u8);
        server.Output.MustPrint("first "); // at once
        first.SendBytes("größe 🐼"u8);
        first.Dispose();
        server.Output.MustPrint("größe 🐼\nsecond, sent first\n\n");
        using (WireClient third = WireClient.Connect(port.Number))
        {
            third.SendBytes(Encoding.ASCII.GetBytes(longText));
        }

        server.Output.MustPrint($"{longText}\n");
        server.Interrupt();
        server.MustExit(0);
    }

    [TestMethod]
    public void The_basic_server_goes_on_after_a_client_that_broke_off()
    {
        using var port = new HeldPort();
        using ChatProcess server = RunScript.Start("basic-server", RunScript.Text(port.Number));
        WireClient first = ConnectWhenItListens(port.Number);
        first.SendBytes("broken"u8);
        server.Output.MustPrint("broken");

        first.Reset();
        server.Output.MustPrint("\n");
        using (WireClient second = WireClient.Connect(port.Number))
        {
            second.SendBytes("whole"u8);
        }

        server.Output.MustPrint("whole\n");
    }

    [TestMethod]
    [DataRow("hello, 🐼 \n", "hello, 🐼 ")]
    [DataRow("without its newline", "without its newline")]
    [DataRow("first\nsecond\n", "first")]
    [DataRow("", "")]
    public void The_basic_client_sends_its_line_as_it_is(string input, string sent)
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
    public void The_basic_client_sends_its_line_without_waiting_for_the_end_of_input()
    {
        using var server = new RawServer();
        using ChatProcess client = RunScript.Start("basic-client", "localhost", RunScript.Text(server.Port));
        WireClient connection = server.Accept();

        client.Type("hello");

        Assert.AreEqual("hello", ReadText(connection.Socket));
        client.MustExit(0);
    }

    [TestMethod]
    public void The_basic_programs_work_with_each_other()
    {
        using var port = new HeldPort();
        using ChatProcess server = RunScript.Start("basic-server", RunScript.Text(port.Number));
        ConnectWhenItListens(port.Number).Dispose();
        server.Output.MustPrint("\n");
        using ChatProcess client = RunScript.Start("basic-client", "127.0.0.1", RunScript.Text(port.Number));

        client.Type("hello");

        client.MustExit(0);
        server.Output.MustPrint("hello\n");
    }

    [TestMethod]
    public void The_basic_client_says_that_it_cannot_connect()
    {
        using var port = new HeldPort();
        using ChatProcess client = RunScript.Start("basic-client", "localhost", RunScript.Text(port.Number));

        client.MustExit(1, output: $"Unable to connect to localhost:{port.Number}\n");
    }

    [TestMethod]
    public void A_basic_server_that_cannot_print_says_so_and_ends()
    {
        Needs.Linux(); // for a device that is always full
        using var port = new HeldPort();
        using var server = new ChatProcess(
            "bash", RunScript.Root, ["-c", "exec ./run.sh basic-server \"$0\" >/dev/full", RunScript.Text(port.Number)]);
        using WireClient client = ConnectWhenItListens(port.Number);
        client.SendBytes("hello"u8);

        Assert.AreEqual(1, server.AwaitExit());
        string error = server.Error.AwaitEnd();
        Assert.StartsWith("Cannot print what clients send: ", error);
        Assert.HasCount(1, error.TrimEnd().Split('\n'));
    }

    /// <summary>The basic server does not say when it listens, so its first client tries until it does.</summary>
    private static WireClient ConnectWhenItListens(int port)
    {
        WireClient? client = null;
        Eventually.True(
            () =>
            {
                try
                {
                    client = WireClient.Connect(port);
                    return true;
                }
                catch (SocketException)
                {
                    return false;
                }
            },
            "the basic server should listen");
        return client!;
    }

    private static string ReadText(Socket socket)
    {
        using var reader = new StreamReader(new NetworkStream(socket));
        return reader.ReadToEnd();
    }
}
