using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>As the first process of a container a program ends by the signals that end any other.</summary>
[TestClass]
public sealed class FirstProcessTests : ProgramTests
{
    [TestMethod]
    [DataRow("TERM", 143)]
    [DataRow("INT", 130)]
    [DataRow("HUP", 129)]
    [DataRow("QUIT", 131)]
    public void Decode_ends(string signal, int exitCode)
    {
        using ChatProcess program = Start("decode", "-");
        program.Pipe(new string('x', 200));
        program.Output.AwaitSinceLastLook(text => text.Contains("frame 1", StringComparison.Ordinal), "it should have shown the frame");

        Send(signal, program);

        Assert.AreEqual(exitCode, program.AwaitExit());
    }

    [TestMethod]
    [DataRow("TERM", 143)]
    [DataRow("INT", 130)]
    public void The_clients_end(string signal, int exitCode)
    {
        foreach (string[] words in (string[][])[["client", "Panda"], ["basic-client"]])
        {
            using var server = new RawServer();
            using ChatProcess program = Start([.. words, "localhost", RunScript.Text(server.Port)]);
            using WireClient connection = server.Accept();
            if (words[0] == "client")
            {
                program.Output.MustPrint("[Me] ");
            }

            Send(signal, program);

            Assert.AreEqual(exitCode, program.AwaitExit(), words[0]);
        }
    }

    [TestMethod]
    [DataRow("TERM", 0)]
    [DataRow("INT", 0)]
    [DataRow("QUIT", 131)]
    public void The_server_ends(string signal, int exitCode)
    {
        using ChatProcess program = Start("server", "0");
        RunScript.AwaitPort(program);

        Send(signal, program);

        Assert.AreEqual(exitCode, program.AwaitExit());
    }

    /// <summary>Starts the program as the first process of a namespace.</summary>
    private static ChatProcess Start(params IEnumerable<string> words)
    {
        Needs.Linux();
        Needs.Root("a namespace of processes");
        Needs.Program("unshare");
        return RunScript.StartBash("exec unshare --pid --fork --kill-child ./run.sh \"$@\"", words);
    }

    /// <summary>Sends a signal from outside: it is the same as one from inside, for a handler; else the kernel drops both.</summary>
    private static void Send(string signal, ChatProcess unshare)
    {
        string first = File.ReadAllText($"/proc/{unshare.Id}/task/{unshare.Id}/children").Trim();
        using var kill = new ChatProcess("bash", "/", "-c", $"kill -{signal} {first}");
        kill.MustExit(0);
    }
}
