using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>A machine without free resources: the server rejects, waits, and continues once they are free.</summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class ExhaustionTests(TestContext context) : ProgramTests
{
    private const string Full = "The server is full. Please try again later.";

    /// <summary>Of one processor. A loop that spins takes all it can get, on a busy machine perhaps half of one; else it is a few hundredths.</summary>
    private const double Spinning = 0.25;

    // The limit is one of the user's, so others' threads count. A server can see the limit, but not them.
    private const int OtherThreads = 200;
    private const int RuntimeThreads = 20;
    private const int SpareThreads = 60;

    /// <summary>The id of a user without rights that owns no process, not even in another run of this test.</summary>
    private static readonly int Stranger = 20_000 + (Environment.ProcessId % 40_000);

    [TestMethod]
    [DataRow(200, 400, DisplayName = "enough for some")]
    [DataRow(140, 200, DisplayName = "hardly enough for itself")]
    public void With_fewer_files_than_clients_the_server_serves_those_it_can_and_does_not_spin(int files, int clients)
    {
        Needs.Linux();
        using LiveServer server = LiveServer.StartUnder($"ulimit -n {files}; exec \"$@\"");

        (int served, double share) = Overrun(server, clients);

        int pauses = server.Log.Split("Cannot accept").Length - 1;
        context.WriteLine(
            $"{files} files, {clients} clients: {served} served, {pauses} pauses in accepting logged, {share:P1} of a processor over a second");
        Assert.IsLessThan(Spinning, share);
        AssertServiceResumes(server);
    }

    [TestMethod]
    public void A_limit_above_that_of_the_machine_is_lowered_and_logged()
    {
        Needs.Linux();
        using LiveServer server = LiveServer.StartUnder("ulimit -n 300; exec \"$@\"", "--max-connections", "1000000");

        (int served, double share) = Overrun(server, clients: 200);

        context.WriteLine($"300 files, 1000000 clients asked for: {served} served, {share:P1} of a processor over a second");
        Assert.Contains($"for at most {served} clients (the limit of 300 open files)", server.Log);
        Assert.IsLessThan(Spinning, share);
        AssertServiceResumes(server);
    }

    [TestMethod]
    public void With_fewer_threads_than_clients_the_server_rejects_those_without_a_thread()
    {
        Needs.Linux();
        Needs.Program("prlimit");
        (string asUser, int ownThreads) = Unprivileged();
        string start = $"for i in {{1..{OtherThreads}}}; do sleep 600 & done; echo ready; wait";
        using ChatProcess others = RunScript.StartBash($"{asUser} bash -c '{start}'");
        others.Output.MustPrint("ready\n");
        int limit = ownThreads + OtherThreads + RuntimeThreads + SpareThreads;
        using LiveServer server = LiveServer.StartUnder($"{asUser} prlimit --nproc={limit} \"$@\"");

        (int served, double share) = Overrun(server, clients: 200);

        context.WriteLine($"Some {SpareThreads} threads to spare, 200 clients: {served} served, {share:P1} of a processor over a second");
        Assert.Contains("the machine has no more threads", server.Log);
        Assert.IsLessThan(Spinning, share);
        AssertServiceResumes(server);
    }

    /// <summary>
    /// Connects more clients than can be served: each is served, or gets SERVER_FULL, or gets nothing. Returns how many are
    /// served, and how busy the server is for a second with all of them there.
    /// </summary>
    private static (int Served, double ProcessorShare) Overrun(LiveServer server, int clients)
    {
        WireClient[] all = [.. Enumerable.Range(0, clients).Select(_ => server.Connect())];
        foreach (WireClient client in all)
        {
            Ask(client);
        }

        double share = server.ProcessorShare();
        string[] answers = [.. all.Select(AnswerSoFar)];
        int served = answers.Count(IsServed);
        Assert.IsGreaterThan(0, served, "Some should be served.");
        Assert.IsLessThan(clients, served, "Not all can be served.");
        foreach (string answer in answers)
        {
            Assert.IsTrue(answer is "" or Full || IsServed(answer), answer);
        }

        foreach (WireClient client in all)
        {
            client.Dispose();
        }

        return (served, share);
    }

    /// <summary>Sends a name and a request; that may fail if the client was rejected.</summary>
    private static void Ask(WireClient client)
    {
        try
        {
            client.Send("Somebody", "/what");
        }
        catch (SocketException)
        {
            // Reset: what it was told, if anything, shows when it is read.
        }
    }

    private static bool IsServed(string answer) => answer.StartsWith("/what is not", StringComparison.Ordinal);

    /// <summary>The first frame, if any; empty if the connection was closed without one.</summary>
    private static string AnswerSoFar(WireClient client)
    {
        try
        {
            bool hasCome = client.Socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);
            return hasCome && client.ReadFrame() is byte[] frame ? WireFrame.Decode(frame) : "";
        }
        catch (AssertFailedException)
        {
            return ""; // reset
        }
    }

    private static void AssertServiceResumes(LiveServer server) => Eventually.True(
        () =>
        {
            using WireClient client = WireClient.Connect(server.Port);
            Ask(client);
            client.Socket.Poll(Limit.Wait, SelectMode.SelectRead);
            return IsServed(AnswerSoFar(client));
        },
        "a client that comes when there is room again should be served");

    /// <summary>
    /// What to put in front of a command to run it as a user for whom limits hold, and how many threads that user has. They do
    /// not hold for root, so root runs it as another user.
    /// </summary>
    private static (string Prefix, int Threads) Unprivileged()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return ("exec", Directory.GetDirectories("/proc").Where(IsMine).Sum(process => CountEntries(Path.Combine(process, "task"))));
        }

        Needs.Program("setpriv");
        string asStranger = $"exec setpriv --reuid={Stranger} --regid={Stranger} --clear-groups env HOME=/tmp";
        using ChatProcess version = RunScript.StartBash($"{asStranger} ./run.sh server --version");
        if (version.AwaitExit() != 0)
        {
            Assert.Inconclusive($"Needs to start the server as a user without rights, which fails: {version.Error.All}");
        }

        return (asStranger, 0);
    }

    private static bool IsMine(string process) =>
        int.TryParse(Path.GetFileName(process), out _) && CountEntries(Path.Combine(process, "fd")) > 0; // only one's own can be read

    private static int CountEntries(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder).Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0; // it has ended, or belongs to another user
        }
    }
}
