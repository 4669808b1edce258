using System.Globalization;
using System.Text;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>A program that was suspended (Ctrl-Z, <c>kill -TSTP</c>, a paused container) continues.</summary>
[TestClass]
public sealed class SuspendTests : ProgramTests
{
    [TestMethod]
    [DataRow("TSTP")]
    [DataRow("STOP")]
    public void A_stopped_and_continued_server_works(string signal)
    {
        using LiveServer server = LiveServer.Start();
        (WireClient panda, WireClient alice) = server.Gather("room", "Panda", "Alice");

        Suspend(server.Process, signal);

        panda.Send("hello");
        Assert.AreEqual("[Panda] hello", alice.Read());
        server.Process.Terminate();
        Assert.AreEqual(0, server.AwaitExit());
    }

    [TestMethod]
    public void A_stopped_and_continued_decode_works()
    {
        using ChatProcess decode = RunScript.Start("decode", "-");
        string frames = Encoding.UTF8.GetString(WireFrame.Encode(["Panda", "Panda"]));
        decode.Pipe(frames[..200]);
        decode.Output.MustPrint("frame 1: \"Panda\"  5 bytes + 195 padding\n");

        Suspend(decode, "TSTP");

        decode.Pipe(frames[200..]);
        decode.EndInput();
        decode.MustExit(0, "frame 2: \"Panda\"  5 bytes + 195 padding\n400 bytes, 2 whole frames\n");
    }

    [TestMethod]
    public void A_stopped_and_continued_basic_client_works()
    {
        using var server = new RawServer();
        using ChatProcess client = RunScript.Start("basic-client", "localhost", RunScript.Text(server.Port));
        WireClient connection = server.Accept();

        Suspend(client, "TSTP");

        client.Type("hello");
        using var reader = new StreamReader(new System.Net.Sockets.NetworkStream(connection.Socket));
        Assert.AreEqual("hello", reader.ReadToEnd());
        client.MustExit(0);
    }

    private static void Suspend(ChatProcess program, string signal)
    {
        Needs.Linux();
        // The system does not stop an orphaned process group by SIGTSTP (POSIX), and that of the tests may be one.
        Send(signal == "TSTP" && IsInOrphanedGroup(program) ? "STOP" : signal, program);
        Eventually.True(() => State(program) == "T", "it should be suspended");
        Send("CONT", program);
        Eventually.True(() => State(program) != "T", "it should go on");
    }

    private static string State(ChatProcess program) => Fields(program.Id)[0];

    /// <summary>True if no process of the group has a parent in another group of the session, say a shell, that could continue it.</summary>
    private static bool IsInOrphanedGroup(ChatProcess program)
    {
        (string Parent, string Group, string Session)[] all =
        [
            .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
                .Where(name => int.TryParse(name, out _)).Select(name => Fields(int.Parse(name!, CultureInfo.InvariantCulture)))
                .Where(fields => fields.Length > 3).Select(fields => (fields[1], fields[2], fields[3])),
        ];
        string[] own = Fields(program.Id);
        string[] parents = [.. all.Where(one => one.Group == own[2]).Select(one => one.Parent)];
        return !parents.Select(parent => Fields(int.Parse(parent, CultureInfo.InvariantCulture)))
            .Any(parent => parent.Length > 3 && parent[3] == own[3] && parent[2] != own[2]);
    }

    /// <summary>From <c>/proc/N/stat</c>: state, parent, process group, session and so on; none of a process that is gone.</summary>
    private static string[] Fields(int process)
    {
        try
        {
            string line = File.ReadAllText($"/proc/{process}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static void Send(string signal, ChatProcess program)
    {
        using var kill = new ChatProcess("bash", "/", "-c", $"kill -{signal} {program.Id}");
        kill.MustExit(0);
    }
}
