using System.Diagnostics;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>The network of a client fails. The server is in a network of its own, so that the link can be taken down.</summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class LostLinkTests(TestContext context) : ProgramTests
{
    private const string Wipe = "\r    \r";

    /// <summary>Seconds; in full size the default of the client.</summary>
    private static readonly int Limit = Soak.Size(brief: 3, full: 45);

    private static readonly TimeSpan Promised = Soak.Size(brief: new SilenceLimit(Limit).Longest, full: TimeSpan.FromSeconds(90));

    /// <summary>For a busy machine.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(20);

    [TestMethod]
    public void A_client_detects_a_lost_link_in_the_promised_time_and_names_the_lost_lines()
    {
        Needs.Linux();
        Needs.Program("ip");
        Needs.Root("a network of its own");
        using var network = new SeparateNetwork();
        using var server = new LiveServer(network.Start("./run.sh", "server", "0", "--log-level", "debug"));
        string host = network.ServerAddress.ToString();
        string lostServer = $"{Wipe}Server at {host}:{server.Port} has disconnected\n";
        using ChatProcess talker = Start("Talker", host, server.Port);
        using ChatProcess returner = Start("Returner", host, server.Port, "--reconnect");
        using ChatProcess silent = Start("Silent", host, server.Port);
        using var terminal = new TmuxTerminal(columns: 70);
        terminal.Type($"{SilenceLimit.Variable}={Limit} ./run.sh client Reader {host} {server.Port}; echo code $?");
        terminal.Press("Enter");
        terminal.AwaitScreen(screen => screen is [.., "[Me]"], "the client should be connected");
        foreach (ChatProcess client in (ChatProcess[])[talker, returner])
        {
            string room = client == returner ? "home" : "room";
            client.Type($"/create {room}");
            client.Type("/list");
            client.Output.AwaitSinceLastLook(
                text => text.Contains($"{room}\n", StringComparison.Ordinal) && text.EndsWith("[Me] ", StringComparison.Ordinal), "the room should be there");
        }

        network.TakeLinkDown();
        var clock = Stopwatch.StartNew();
        talker.Type("lost");
        returner.Type("/join elsewhere");
        terminal.Type("are you there?");
        terminal.Press("Enter");

        string afterwards = returner.Output.AwaitSinceLastLook(
            text => text.EndsWith("Trying to connect again ...\n[Me] ", StringComparison.Ordinal), "who reconnects should find out", Promised + Late);
        TimeSpan returnerAfter = clock.Elapsed;
        Assert.AreEqual(1, talker.AwaitExit(Promised + Late));
        TimeSpan talkerAfter = clock.Elapsed;
        Assert.AreEqual(1, silent.AwaitExit(Promised + Late));
        TimeSpan silentAfter = clock.Elapsed;
        context.WriteLine(
            $"found out, of {Figures.Time(Promised)} promised: by who had said something after {Figures.Time(talkerAfter)} and "
            + $"{Figures.Time(returnerAfter)}, by who had not after {Figures.Time(silentAfter)}");

        Assert.EndsWith(
            $"{lostServer}[Me] {Wipe}This line was probably lost: /join elsewhere\n[Me] {Wipe}Trying to connect again ...\n[Me] ", afterwards);
        Assert.EndsWith(lostServer, talker.Output.AwaitEnd(), "In a pipe its bytes are fixed.");
        Assert.AreEqual(lostServer, silent.Output.AwaitEnd());
        terminal.AwaitRows(
            $"[Me] are you there?", $"Server at {host}:{server.Port} has disconnected", "This line was probably lost: are you there?", "code 1", "$");

        network.PutLinkUp();
        returner.Output.AwaitSinceLastLook(
            text => text.Contains("Connected again, joining home.\n[Me] ", StringComparison.Ordinal), // the join that was lost was none
            "who reconnects should be back in its channel",
            Promised + Late);
    }

    private static ChatProcess Start(string name, string host, int port, params string[] options)
    {
        ChatProcess client = RunScript.StartBash(
            "exec env \"$@\"", [$"{SilenceLimit.Variable}={Limit}", "./run.sh", "client", name, host, RunScript.Text(port), .. options]);
        client.Output.MustPrint("[Me] ");
        return client;
    }
}
