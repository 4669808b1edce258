using System.Text;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, section 8: the assignment's conversation, with the real programs, to the byte.</summary>
[TestClass]
public sealed class TranscriptTests : ProgramTests
{
    private const string Question = "Hi everyone! Does anyone know what we're doing on the first day of lecture?";

    private const string PandasScreen = $"""
        [Me] Hello world!
        Not currently in any channel. Must join a channel before sending messages.
        [Me] /list
        [Me] /create 168_tas
        [Me] /list
        168_tas
        [Me] Hello world!
        Alice has joined
        [Alice] {Question}

        """;

    private const string AlicesScreen = $"""
        [Me] /list
        168_tas
        [Me] /join 168_tas
        [Me] {Question}
        Panda has left

        """;

    [TestMethod]
    public void The_screens_of_Panda_and_Alice_read_as_in_the_assignment()
    {
        (ChatProcess server, int port) = RunScript.StartServer();
        using ChatProcess _ = server;

        using ChatProcess pandasClient = RunScript.StartClient("Panda", "localhost", port);
        var panda = new Person(pandasClient);
        panda.Types("Hello world!");
        panda.Sees("Not currently in any channel. Must join a channel before sending messages.");
        panda.Types("/list");
        panda.Types("/create 168_tas");
        panda.Types("/list");
        panda.Sees("168_tas");
        panda.Types("Hello world!");

        using ChatProcess alicesClient = RunScript.StartClient("Alice", "127.0.0.1", port);
        var alice = new Person(alicesClient);
        alice.Types("/list");
        alice.Sees("168_tas");
        alice.Types("/join 168_tas");
        panda.Sees("Alice has joined");
        alice.Types(Question);
        panda.Sees($"[Alice] {Question}");
        pandasClient.EndInput();
        pandasClient.MustExit(0);
        alice.Sees("Panda has left");
        alicesClient.EndInput();
        alicesClient.MustExit(0);

        Assert.AreEqual(PandasScreen, panda.Screen);
        Assert.AreEqual(AlicesScreen, alice.Screen);
    }

    /// <summary>
    /// Someone at a client. A pipe echoes nothing, so what is typed is put on the screen here: at the point where it is typed,
    /// which is known, because it is typed only when all that must come before has come, byte for byte.
    /// </summary>
    private sealed class Person(ChatProcess client)
    {
        private const string Prompt = "[Me] ";
        private const string Wipe = "\r    \r";

        private readonly StringBuilder _screen = new(Prompt);

        /// <summary>What a terminal shows: a wiped prompt is not seen. Without the prompt that waits at the end.</summary>
        public string Screen
        {
            get
            {
                string shown = _screen.ToString().Replace($"{Prompt}{Wipe}", "", StringComparison.Ordinal);
                Assert.EndsWith($"\n{Prompt}", shown);
                return shown[..^Prompt.Length];
            }
        }

        public void Types(string line)
        {
            _screen.Append(line).Append('\n');
            client.Type(line);
            Prints(Prompt);
        }

        public void Sees(string text) => Prints($"{Wipe}{text}\n{Prompt}");

        private void Prints(string bytes)
        {
            client.Output.MustPrint(bytes);
            _screen.Append(bytes);
        }
    }
}
