using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Suites.Server;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>Clients of the assignment, which know no TLS, at a server with TLS: through a tunnel of the system.</summary>
[TestClass]
public sealed class TlsTunnelTests : IDisposable
{
    private const string Wipe = "\r    \r";

    private static readonly string Student = Path.Combine(Repository.Root, "ChatServer.Tests", "EndToEnd", "Check", "Clients", "student.py");

    private readonly TestCertificates _certificates = new();
    private readonly List<IDisposable> _used = [];

    public void Dispose()
    {
        Enumerable.Reverse(_used).ToList().ForEach(used => used.Dispose());
        _certificates.Dispose();
    }

    [TestMethod]
    [DataRow("stunnel")]
    [DataRow("socat")]
    public void The_client_of_a_student_chats_through_it(string program)
    {
        Needs.Program("python3");
        TestServer server = Serve(new ServerOptions());
        int port = Tunnel(program, server).Port;
        ChatProcess panda = StartStudent("Panda", port);
        ChatProcess alice = StartStudent("Alice", port);

        panda.Type("hello");
        panda.Output.AwaitEnding($"{Wipe}Not currently in any channel. Must join a channel before sending messages.\n[Me] ");
        panda.Type("/create 168_tas");
        panda.Output.MustPrint("[Me] "); // one line at a time: it does not see a second line that its input has read ahead
        panda.Type("/list");
        panda.Output.AwaitEnding($"{Wipe}168_tas\n[Me] ");
        alice.Type("/join 168_tas");
        panda.Output.AwaitEnding($"{Wipe}Alice has joined\n[Me] ");
        alice.Type("Olá, everyone!");
        panda.Output.AwaitEnding($"{Wipe}[Alice] Olá, everyone!\n[Me] ");
        panda.Type(new string('x', 193));
        alice.Output.AwaitEnding($"{Wipe}[Panda] {new string('x', 192)}\n[Me] {Wipe}[Panda] x\n[Me] ");
        panda.EndInput();
        Assert.AreEqual(0, panda.AwaitExit(), panda.Error.All);
        alice.Output.AwaitEnding($"{Wipe}Panda has left\n[Me] ");

        server.Dispose();

        alice.Output.AwaitEnding($"{Wipe}Server at 127.0.0.1:{port} has disconnected\n");
    }

    [TestMethod]
    public void The_client_of_a_student_logs_in_to_an_account_with_the_token_behind_its_name()
    {
        Needs.Program("python3");
        using var folder = new GuardFolder();
        string login = folder.Login("Ana");
        TestServer server = Serve(folder.Options with { MembersOnly = true });
        int port = Tunnel("stunnel", server).Port;

        StartStudent("Guest", port).Output.AwaitEnding(
            $"{Wipe}This server is for members only: log in with your name, a colon and your token.\n[Me] {Wipe}Server at 127.0.0.1:{port} has disconnected\n");
        ChatProcess ana = StartStudent(login, port);
        ana.Type("/create tea");
        ana.Output.MustPrint("[Me] ");
        ana.Type("/list");
        ana.Output.AwaitEnding($"{Wipe}tea\n[Me] ");

        Assert.AreSequenceEqual(["Ana"], folder.Names());
    }

    /// <summary>A tunnel holds back what a peer does not read, and answers a reset in its own way; the rest is as without it.</summary>
    [TestMethod]
    [DataRow("stunnel")]
    public void The_checker_passes_the_server_through_it(string program)
    {
        var limits = Protocol.Once with { Delivery = TimeSpan.Zero, BeforeQuestion = TimeSpan.Zero };
        TestServer server = Serve(new ServerOptions());
        using var fixtures = new ServerFixtureFactory(new RunningHost(Tunnel(program, server).Port), new ChannelNames("-tunnel"), limits);

        CaseResult[] results = [.. CaseRunner.Run(ServerCases.Groups, fixtures, limits)];

        Assert.IsGreaterThan(50, results.Count(result => result.Outcome == CaseOutcome.Passed));
        Assert.AreEqual("", string.Join("\n\n", results.Where(result => result.Outcome is not (CaseOutcome.Passed or CaseOutcome.Skipped)).Select(Protocol.Describe)));
    }

    private TestServer Serve(ServerOptions options) => Used(new TestServer(
        options, identity: new TlsIdentity(new TlsFiles(_certificates.ServerFile, _certificates.ServerKeyFile))));

    private TlsTunnel Tunnel(string program, TestServer server)
    {
        Needs.Program(program);
        return Used(TlsTunnel.Start(program, server.Port, _certificates));
    }

    private ChatProcess StartStudent(string name, int port)
    {
        ChatProcess client = Used(new ChatProcess("python3", Repository.Root, Student, name, "127.0.0.1", RunScript.Text(port)));
        client.Output.MustPrint("[Me] ");
        return client;
    }

    private T Used<T>(T used)
        where T : IDisposable
    {
        _used.Add(used);
        return used;
    }
}
