using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The client with TLS: whom it trusts, and what it says.</summary>
[TestClass]
public sealed class TlsClientTests : ProgramTests, IDisposable
{
    private const string Wipe = "\r    \r";

    private readonly TestCertificates _certificates = new();
    private readonly List<IDisposable> _used = [];

    private string Known => _certificates.PathOf("known");

    public void Dispose()
    {
        _used.ForEach(used => used.Dispose());
        _certificates.Dispose();
    }

    [TestMethod]
    public void A_new_server_is_remembered_and_standard_output_is_the_same_as_without_TLS()
    {
        TestServer server = Serve(_certificates);

        ChatProcess first = Chat(server.Port, "--tls");
        string digest = File.ReadAllText(Known).Trim().Split(' ')[1];
        MustHaveChatted(first, $"{Wipe}room\n", error: $"localhost:{server.Port} is new. The digest of its key is {digest}\n");
        Assert.AreEqual($"[localhost]:{server.Port} {digest}\n", File.ReadAllText(Known));

        MustHaveChatted(Chat(server.Port, "--tls"), $"{Wipe}Room room already exists, so cannot be created.\n{Wipe}room\n");
    }

    [TestMethod]
    public void A_changed_key_is_refused_with_exit_code_1_and_one_line()
    {
        TestServer server = Serve(_certificates);
        File.WriteAllText(Known, $"[localhost]:{server.Port} SHA256:another\n");

        ChatProcess client = Start(server.Port, "--tls");

        Assert.AreEqual(1, client.AwaitExit());
        Assert.AreEqual($"Unable to connect to localhost:{server.Port}\n", client.Output.AwaitEnd());
        string error = client.Error.AwaitEnd();
        Assert.StartsWith($"The key of localhost:{server.Port} has changed from SHA256:another to SHA256:", error);
        Assert.EndsWith($"remove line 1 of {Known} and connect again.\n", error);
    }

    [TestMethod]
    public void A_key_that_changes_while_the_client_reconnects_ends_it()
    {
        TestServer server = Serve(_certificates);
        int port = server.Port;
        ChatProcess client = Start(port, "--tls", "--reconnect");
        client.Output.MustPrint("[Me] ");
        server.AwaitConnections(1);
        server.Dispose();

        using var others = new TestCertificates();
        Serve(others, port);

        Assert.AreEqual(1, client.AwaitExit());
        Assert.Contains($"The key of localhost:{port} has changed", client.Error.AwaitEnd());
    }

    [TestMethod]
    public void A_client_that_reconnects_does_so_with_TLS_and_says_so_at_once()
    {
        TestServer server = Serve(_certificates);
        int port = server.Port;
        ChatProcess client = Start(port, "--tls", "--reconnect");
        client.Output.MustPrint("[Me] ");
        client.Type("/create room");
        client.Type("/list");
        client.Output.AwaitEnding($"{Wipe}room\n[Me] ");
        server.Dispose();

        Serve(_certificates, port);

        client.Output.AwaitEnding("Connected again, joining room.\n[Me] ");
        client.Type("/list");
        client.Output.AwaitEnding($"{Wipe}room\n[Me] ");
    }

    [TestMethod]
    public void With_an_authority_of_the_user_no_key_is_kept_and_no_other_authority_is_trusted()
    {
        TestServer server = Serve(_certificates);
        using var others = new TestCertificates();

        MustHaveChatted(Chat(server.Port, "--tls-ca", _certificates.AuthorityFile), $"{Wipe}room\n");
        Start(server.Port, "--tls-ca", others.AuthorityFile).MustExit(
            1,
            output: $"Unable to connect to localhost:{server.Port}\n",
            error: $"No authority in {others.AuthorityFile} vouches for localhost:{server.Port}.\n");

        Assert.IsFalse(File.Exists(Known));
    }

    [TestMethod]
    public void A_server_without_TLS_is_reported_in_one_line()
    {
        using var server = new TestServer();

        Start(server.Port, "--tls").MustExit(
            1,
            output: $"Unable to connect to localhost:{server.Port}\n",
            error: $"localhost:{server.Port} does not speak TLS: connect without --tls, or to another port.\n");
    }

    [TestMethod]
    public void A_client_without_TLS_shows_the_frame_of_the_server_about_TLS()
    {
        TestServer server = Serve(_certificates);
        ChatProcess client = RunScript.Start("client", "Panda", "localhost", RunScript.Text(server.Port));
        _used.Add(client);

        client.MustExit(
            1,
            output: $"[Me] {Wipe}This port speaks TLS only. Connect with TLS (client --tls), or to a port without it.\n[Me] "
                + $"{Wipe}Server at localhost:{server.Port} has disconnected\n");
    }

    [TestMethod]
    [DataRow("--tls-ca")]
    [DataRow("--tls-cert")]
    public void A_file_that_cannot_be_used_is_one_line(string option)
    {
        ChatProcess client = Start(1, option, _certificates.PathOf("missing"));

        Assert.AreEqual(1, client.AwaitExit());
        Assert.AreEqual("", client.Output.AwaitEnd());
        string error = client.Error.AwaitEnd();
        Assert.Contains(_certificates.PathOf("missing"), error);
        Assert.AreEqual(error.Length - 1, error.IndexOf('\n', StringComparison.Ordinal), $"Not one line: '{error}'");
    }

    [TestMethod]
    public void The_configuration_file_may_ask_for_TLS()
    {
        TestServer server = Serve(_certificates);
        Directory.CreateDirectory(_certificates.PathOf("threadedchat"));
        File.WriteAllText(_certificates.PathOf("threadedchat/config"), $"tls = true\ntls-ca = \"{_certificates.AuthorityFile}\"\nknown-hosts = \"{Known}\"\n");
        using ChatProcess client = RunScript.StartBash(
            "exec \"$@\"", "env", $"XDG_CONFIG_HOME={Path.GetDirectoryName(Known)}", "./run.sh", "client", "Panda", "localhost", RunScript.Text(server.Port));
        client.EndInput();

        client.MustExit(0, output: "[Me] ");
    }

    [TestMethod]
    public void The_certificate_of_the_client_is_sent_to_a_server_that_asks()
    {
        TestServer server = Serve(_certificates, clientAuthorities: _certificates.AuthorityFile);
        using var others = new TestCertificates();
        (string own, string ownKey) = _certificates.Issue("client", "Panda");
        (string wrong, string wrongKey) = others.Issue("client", "Panda");

        MustHaveChatted(Chat(server.Port, "--tls-ca", _certificates.AuthorityFile, "--tls-cert", own, "--tls-key", ownKey), $"{Wipe}room\n");
        ChatProcess refused = Start(server.Port, "--tls-ca", _certificates.AuthorityFile, "--tls-cert", wrong, "--tls-key", wrongKey);

        Assert.AreEqual(1, refused.AwaitExit(), "With TLS 1.3 the client learns of the refusal when it has connected already.");
    }

    [TestMethod]
    public void At_a_terminal_the_line_about_a_new_server_is_above_the_prompt()
    {
        TestServer server = Serve(_certificates);
        using var terminal = new TmuxTerminal(columns: 120);
        terminal.Type($"./run.sh client Panda localhost {server.Port} --tls --known-hosts {Known}");
        terminal.Press("Enter");

        terminal.AwaitScreen(
            screen => screen.Any(row => row.StartsWith($"localhost:{server.Port} is new. The digest of its key is SHA256:", StringComparison.Ordinal)) && screen[^1] == "[Me]",
            "the client should say that the server is new");
    }

    private TestServer Serve(TestCertificates certificates, int port = 0, string? clientAuthorities = null)
    {
        Socket socket = ListenSocket.Open(port);
        var identity = new TlsIdentity(new TlsFiles(certificates.ServerFile, certificates.ServerKeyFile, clientAuthorities));
        var server = new TestServer(new ServerOptions(), [new Listener(socket, "", IsSecure: true)], identity);
        _used.Add(server);
        Assert.AreNotEqual(0, ((IPEndPoint)socket.LocalEndPoint!).Port);
        return server;
    }

    /// <summary>A client that says two things and ends.</summary>
    private ChatProcess Chat(int port, params IEnumerable<string> options)
    {
        ChatProcess client = Start(port, options);
        client.Pipe("/create room\n/list\n");
        client.EndInput();
        client.AwaitExit();
        return client;
    }

    /// <summary>Where a prompt stands between what was received depends on time, so prompts do not count.</summary>
    private static void MustHaveChatted(ChatProcess client, string printed, string error = "")
    {
        Assert.AreEqual(error, client.Error.AwaitEnd());
        Assert.AreEqual(printed, client.Output.AwaitEnd().Replace("[Me] ", "", StringComparison.Ordinal));
        Assert.AreEqual(0, client.AwaitExit());
    }

    private ChatProcess Start(int port, params IEnumerable<string> options)
    {
        ChatProcess client = RunScript.Start(["client", "Panda", "localhost", RunScript.Text(port), "--known-hosts", Known, .. options]);
        _used.Add(client);
        return client;
    }
}
