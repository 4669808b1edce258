using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Guard;

/// <summary>SIGHUP with accounts, bans, audit and configuration.</summary>
[TestClass]
[TestCategory(NativePrograms.Category)]
public sealed class ReloadTests : ProgramTests
{
    [TestMethod]
    public void The_server_reads_its_files_again_and_logs_the_changes()
    {
        Needs.Linux();
        using var folder = new GuardFolder();
        string config = folder.PathOf("config");
        string before = $"accounts = '{folder.Accounts}'\naudit = '{folder.Audit}'\ncontrol = '{folder.Control}'\n";
        File.WriteAllText(config, before);
        using var server = new LiveServer(RunScript.StartBash("env --default-signal=HUP setsid --wait \"$@\"", "./run.sh", "server", "0", "--config", config));
        WireClient bob = server.Enter("Bob");
        folder.MustDo("mute", "Nobody");

        File.Move(folder.Audit, folder.PathOf("audit.1"));
        string login = folder.Login("Ana", isModerator: true);
        File.WriteAllText($"{folder.Accounts}.bans", "{\"name\":\"Eve\"}\n");
        File.WriteAllText(config, $"{before}members-only = true\nmax-connections = 50\n");
        HangUp(server, "the configuration was read again: --members-only changed; --max-connections needs a restart");
        Await(server, "the accounts were read again: 1 added, 0 removed, 0 changed; 0 clients must log in again");
        Await(server, "the bans were read again: 1 in effect");
        Await(server, "the audit file was opened again");

        WireClient guest = server.Connect();
        guest.Send("Carl");
        Assert.AreSequenceEqual(["This server is for members only: log in with your name, a colon and your token."], guest.ReadToEnd());
        server.Enter(login);
        Assert.IsEmpty(bob.Fence(), "a client that is connected stays connected");
        folder.MustDo("unmute", "Nobody");
        Assert.Contains("\"action\":\"unmute\"", File.ReadAllText(folder.Audit));
        Assert.DoesNotContain("unmute", File.ReadAllText(folder.PathOf("audit.1")));

        File.WriteAllText(config, before + "members-only = maybe\n");
        HangUp(server, $"the configuration is wrong, so nothing of it changes: {config}:4:");
        WireClient still = server.Connect();
        still.Send("Carl");
        Assert.HasCount(1, still.ReadToEnd());
    }

    private static void HangUp(LiveServer server, string line)
    {
        using var kill = new ChatProcess("bash", RunScript.Root, ["-c", $"kill -HUP {server.Process.Id}"]);
        Assert.AreEqual(0, kill.AwaitExit());
        Await(server, line);
    }

    private static void Await(LiveServer server, string line) =>
        Eventually.True(() => server.Log.Contains($"SIGHUP: {line}", StringComparison.Ordinal), $"the server should say '{line}'");
}
