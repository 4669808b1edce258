using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/release.md: the programs on a machine without OpenSSL. Only what needs it does not work, and says so.</summary>
[TestClass]
[TestCategory(NativePrograms.Category)]
public sealed class MissingLibraryTests : ProgramTests
{
    /// <summary>Puts an empty file over each copy of the library, in a mount namespace of its own.</summary>
    private const string Without =
        """for file in $(ldconfig -p | sed -n 's/.*libssl[.]so.* => //p'); do mount --bind /dev/null "$file" || exit; done; exec "$@" """;

    private const string Missing = "needs OpenSSL, and this machine does not have it (in Debian and Ubuntu: the package libssl3).\n";

    [TestMethod]
    [DataRow("TLS", "server", "0", "--tls-cert", "none.pem", "--tls-key", "none.pem")]
    [DataRow("--accounts", "server", "0", "--accounts", "none.jsonl")]
    [DataRow("--cluster", "server", "0", "--cluster", "nats://127.0.0.1:1")]
    [DataRow("A token", "account", "add", "Ana", "--accounts", "none.jsonl")]
    public void A_program_that_needs_the_library_ends_with_one_line_and_exit_code_1(string what, params string[] words)
    {
        using ChatProcess program = StartWithout(words);

        program.MustExit(1, error: $"{what} {Missing}");
    }

    [TestMethod]
    public void The_client_reports_the_missing_library_before_it_connects()
    {
        using var server = new RawServer();
        using ChatProcess client = StartWithout("client", "Panda", "localhost", RunScript.Text(server.Port), "--tls");

        client.MustExit(ThreadedChat.ChatClient.ExitCode.NoFile, error: $"TLS {Missing}");
    }

    [TestMethod]
    public void Server_and_client_without_TLS_work_without_the_library()
    {
        using var server = new LiveServer(StartWithout("server", "0", "--http", "0", "--extended"));
        WireClient[] members = server.Gather("room", "Panda", "Alice");
        members[0].Send("hello");
        Assert.AreEqual("[Panda] hello", members[1].Read());

        using ChatProcess client = StartWithout("client", "Bob", "localhost", RunScript.Text(server.Port));
        client.Output.MustPrint("[Me] ");
        client.Type("/join room");
        Assert.AreEqual("Bob has joined", members[0].Read());
    }

    private static ChatProcess StartWithout(params string[] words)
    {
        Needs.Linux();
        Needs.Root("a mount namespace");
        Needs.Program("unshare");
        using (ChatProcess trial = new("unshare", RunScript.Root, "--mount", "true"))
        {
            if (trial.AwaitExit() != 0)
            {
                Assert.Inconclusive("Needs a mount namespace.");
            }
        }

        return new ChatProcess("unshare", RunScript.Root, ["--mount", "bash", "-c", Without, "bash", "./run.sh", .. words]);
    }
}
