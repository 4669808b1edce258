using System.Net;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>Both clients without a reachable server: one line and exit code 1, for any reason.</summary>
[TestClass]
public sealed class UnreachableTests : ProgramTests
{
    private static readonly string[] Chat = ["./run.sh", "client", "Panda"];
    private static readonly string[] Basic = ["./run.sh", "basic-client"];

    [TestMethod]
    [DataRow("::1", "DOTNET_SYSTEM_NET_DISABLEIPV6=1")]
    [DataRow("2001:db8::1", "DOTNET_SYSTEM_NET_DISABLEIPV6=1")]
    [DataRow("::ffff:127.0.0.1", "DOTNET_SYSTEM_NET_DISABLEIPV6=1")]
    [DataRow("::ffff:127.0.0.1", "NO=CHANGE")]
    [DataRow("255.255.255.255", "NO=CHANGE")]
    [DataRow("224.0.0.1", "NO=CHANGE")]
    [DataRow("0.0.0.0", "NO=CHANGE")]
    [DataRow("fe80::1%lo", "NO=CHANGE")]
    [DataRow("fe80::1%nosuchinterface", "NO=CHANGE")]
    [DataRow("a..b", "NO=CHANGE")]
    [DataRow("xn--a", "NO=CHANGE")]
    [DataRow(" ", "NO=CHANGE")]
    public void A_host_that_cannot_be_reached_is_one_line_and_exit_1(string host, string environment)
    {
        using var port = new HeldPort();
        foreach (string[] client in (string[][])[Chat, Basic])
        {
            using ChatProcess process = RunScript.StartBash("exec env \"$@\"", [environment, .. client, host, RunScript.Text(port.Number)]);

            process.MustExit(1, output: $"Unable to connect to {host}:{port.Number}\n");
        }
    }

    [TestMethod]
    [DataRow("a", 256)]
    [DataRow("ü", 300)]
    public void A_host_name_that_is_too_long_is_one_line_and_exit_1(string part, int count)
    {
        string host = string.Concat(Enumerable.Repeat(part, count));
        foreach (string[] client in (string[][])[Chat, Basic])
        {
            using ChatProcess process = RunScript.StartBash("exec \"$@\"", [.. client, host, "9"]);

            process.MustExit(1, output: $"Unable to connect to {host}:9\n");
        }
    }

    [TestMethod]
    public void An_unreachable_address_of_a_name_does_not_delay_the_next_address()
    {
        Needs.Linux();
        Needs.Root("a file of hosts of its own");
        Needs.Program("unshare");
        using var server = new RawServer();
        using var hanging = new HangingPort(IPAddress.IPv6Loopback, server.Port);
        string hosts = Path.GetTempFileName();
        try
        {
            File.WriteAllText(hosts, "::1 twoways\n127.0.0.1 twoways\n");
            foreach (string[] client in (string[][])[Chat, Basic])
            {
                using ChatProcess process = RunScript.StartBash(
                    "exec unshare --mount bash -c 'mount --bind \"$1\" /etc/hosts && shift && exec \"$@\"' bash \"$@\"",
                    [hosts, .. client, "twoways", RunScript.Text(server.Port)]);

                WireClient connection = server.Accept();
                process.EndInput();
                connection.ReadToAnyEnd();
                process.MustExit(0, output: client == Chat ? "[Me] " : "");
            }
        }
        finally
        {
            File.Delete(hosts);
        }
    }

    /// <summary>Also if the runtime can load itself, but not the parts of it that connect.</summary>
    [TestMethod]
    [DataRow("Panda")]
    [DataRow("--basic")]
    public void Without_a_free_file_descriptor_the_client_prints_one_line(string first)
    {
        Needs.Linux();
        using var port = new HeldPort();
        int tried = 0;
        for (int files = 46; files < 80; files += 4)
        {
            using ChatProcess version = StartWith(files, "--version");
            if (version.AwaitExit() == 0 && version.Output.AwaitEnd().Length > 0)
            {
                using ChatProcess client = StartWith(files, first, "127.0.0.1", RunScript.Text(port.Number));
                client.MustExit(1, output: $"Unable to connect to 127.0.0.1:{port.Number}\n");
                tried++;
            }
        }

        Assert.IsGreaterThan(0, tried);
    }

    [TestMethod]
    public void At_a_terminal_the_client_says_that_it_is_still_connecting()
    {
        using var hanging = new HangingPort(IPAddress.Loopback);
        using var terminal = new TmuxTerminal();

        terminal.Type($"./run.sh client Panda 127.0.0.1 {hanging.Number}; echo code $?");
        terminal.Press("Enter");

        terminal.AwaitScreen(screen => screen is [.., "Connecting ..."], "it should say that it is connecting");
        terminal.Press("C-c");
        terminal.AwaitRows("code 130", "$");
    }

    /// <summary>In a pipe its bytes are fixed: it prints nothing until the system or the client gives up.</summary>
    [TestMethod]
    [DataRow("")]
    [DataRow("--reconnect")]
    public void In_a_pipe_the_client_prints_only_that_it_cannot_connect(string option)
    {
        using var hanging = new HangingPort(IPAddress.Loopback);
        string[] options = option.Length > 0 ? [option] : [];
        using ChatProcess client = RunScript.Start(["client", "Panda", "127.0.0.1", RunScript.Text(hanging.Number), .. options]);

        hanging.AwaitCaller();
        Assert.IsFalse(client.HasExitedWithin(TimeSpan.FromSeconds(2)));
        Assert.AreEqual("", client.Output.All + client.Error.All);
        client.Interrupt();

        client.MustExit(130, output: "\n");
    }

    /// <summary>Not by run.sh, whose bash needs files as well.</summary>
    private static ChatProcess StartWith(int files, params string[] arguments) =>
        RunScript.StartBash(
            "ulimit -n \"$1\"; exec dotnet \"${@:2}\"",
            [RunScript.Text(files), typeof(ThreadedChat.ChatClient.ExitCode).Assembly.Location, .. arguments]);
}
