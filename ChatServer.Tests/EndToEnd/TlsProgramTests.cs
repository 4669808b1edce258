using System.Globalization;
using System.Text.RegularExpressions;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The server as a program with TLS, with peers that are not made with .NET.</summary>
[TestClass]
[TestCategory(NativePrograms.Category)]
public sealed partial class TlsProgramTests : ProgramTests, IDisposable
{
    private readonly TestCertificates _certificates = new();

    private string[] Options => ["--tls-cert", _certificates.ServerFile, "--tls-key", _certificates.ServerKeyFile];

    public void Dispose() => _certificates.Dispose();

    [TestMethod]
    [DataRow("-tls1", false)]
    [DataRow("-tls1_1", false)]
    [DataRow("-tls1_2", true)]
    [DataRow("-tls1_3", true)]
    public void Old_versions_are_refused(string version, bool isSpoken)
    {
        Needs.Program("openssl");
        using LiveServer server = LiveServer.Start(Options);
        using ChatProcess client = OpenSsl(server.Port, version, "-cipher", "DEFAULT@SECLEVEL=0", "-alpn", "cs168");
        client.EndInput();
        client.AwaitExit();
        string said = client.Output.AwaitEnd();

        Assert.AreEqual(isSpoken, said.Contains("ALPN protocol: cs168", StringComparison.Ordinal), said);
        Assert.AreEqual(!isSpoken, said.Contains("Cipher is (NONE)", StringComparison.Ordinal), said);
    }

    [TestMethod]
    public void Weak_ciphers_and_renegotiation_are_not_to_be_had()
    {
        Needs.Program("openssl");
        using LiveServer server = LiveServer.Start(Options);
        using ChatProcess weak = OpenSsl(server.Port, "-tls1_2", "-cipher", "NULL:aNULL:EXPORT:LOW:RC4:3DES:@SECLEVEL=0");
        weak.EndInput();
        weak.AwaitExit();
        Assert.Contains("Cipher is (NONE)", weak.Output.AwaitEnd());

        using ChatProcess again = OpenSsl(server.Port, "-tls1_2");
        again.Output.AwaitSinceLastLook(text => text.Contains("Verify return code", StringComparison.Ordinal), "the handshake should be done");
        again.Type("R"); // asks for a renegotiation
        again.AwaitExit();
    }

    [TestMethod]
    public void The_keys_of_a_connection_may_be_renewed_as_often_as_the_peer_likes_while_others_chat()
    {
        Needs.Program("openssl");
        using LiveServer server = LiveServer.Start([.. Options, "--tls-port", "0"]);
        WireClient alice = server.Enter("Alice");
        alice.Send("/create room");
        alice.Fence();
        using ChatProcess client = OpenSsl(SecurePort(server), "-tls1_3");
        Say(client, "Panda");
        Say(client, "/join room");
        Assert.AreEqual("Panda has joined", alice.Read());

        for (int i = 0; i < 20; i++)
        {
            client.Type(i % 2 == 0 ? "K" : "k"); // new keys for both directions, or for that of the client
            client.Error.AwaitSinceLastLook(text => text.Contains("KEYUPDATE", StringComparison.Ordinal), "the keys should be new");
            Say(client, $"to Alice {i}");
            Assert.AreEqual($"[Panda] to Alice {i}", alice.Read());
            alice.Send($"to Panda {i}");
            client.Output.AwaitSinceLastLook(text => text.Contains($"[Alice] to Panda {i} ", StringComparison.Ordinal), "the answer should come");
        }
    }

    [TestMethod]
    public void After_SIGHUP_new_connections_have_the_new_certificate_and_old_ones_stay()
    {
        Needs.Linux();
        using var server = new LiveServer(RunScript.StartBash(
            "env --default-signal=HUP setsid --wait \"$@\"", ["./run.sh", "server", "0", .. Options]));
        using WireClient old = TlsTestClient.Connect(server.Port, _certificates.AuthorityFile);
        old.Introduce("Old");
        _certificates.Issue("server", "renewed.example");

        HangUp(server, "SIGHUP: the certificate was read again: CN=renewed.example, valid until ");
        File.WriteAllText(_certificates.ServerKeyFile, "no key");
        HangUp(server, "SIGHUP: the old certificate stays: ");

        using WireClient renewed = TlsTestClient.Connect(server.Port, _certificates.AuthorityFile);
        renewed.Introduce("Renewed");
        Assert.IsEmpty(old.Fence());
    }

    [TestMethod]
    [DataRow("a key of another certificate")]
    [DataRow("no certificate")]
    public void A_certificate_that_cannot_be_used_is_one_line_on_standard_error(string what)
    {
        (string certificate, string key) = what == "no certificate"
            ? (_certificates.PathOf("missing"), _certificates.ServerKeyFile)
            : (_certificates.ServerFile, _certificates.Issue("other", "other").Key);
        using ChatProcess server = RunScript.Start("server", "0", "--tls-cert", certificate, "--tls-key", key);

        Assert.AreEqual(1, server.AwaitExit());
        string error = server.Error.AwaitEnd();
        Assert.AreEqual(error.Length - 1, error.IndexOf('\n', StringComparison.Ordinal), $"Not one line: '{error}'");
    }

    [TestMethod]
    public void A_client_without_TLS_gets_in_through_a_tunnel_of_the_system()
    {
        Needs.Program("socat");
        using LiveServer server = LiveServer.Start(Options);
        using var tunnel = new ChatProcess(
            "socat", RunScript.Root, "-d", "-d", "TCP-LISTEN:0,bind=127.0.0.1,fork", $"OPENSSL:localhost:{server.Port},pf=ip4,verify=1,cafile={_certificates.AuthorityFile}");
        string listening = tunnel.Error.AwaitSinceLastLook(text => SocatPort().IsMatch(text), "socat should listen");
        int port = int.Parse(SocatPort().Match(listening).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        using WireClient direct = TlsTestClient.Connect(server.Port, _certificates.AuthorityFile);
        direct.Introduce("Direct");
        direct.Send("/create room");
        direct.Fence();

        using WireClient tunnelled = WireClient.Connect(port);
        tunnelled.Introduce("Tunnelled");
        tunnelled.Send(["/join room", .. Enumerable.Range(0, 100).Select(i => $"{i}")]);

        direct.Read(101).MustBe(["Tunnelled has joined", .. Enumerable.Range(0, 100).Select(i => $"[Tunnelled] {i}")]);
        direct.Send("hello");
        Assert.AreEqual("[Direct] hello", tunnelled.Read());
        tunnelled.EndSending();
        Assert.IsEmpty(tunnelled.ReadToEnd());
        Assert.AreEqual("Tunnelled has left", direct.Read());
    }

    /// <summary>The commands of the document make a certificate with which its server and client talk.</summary>
    [TestMethod]
    public void The_certificate_that_docs_operating_makes_with_openssl_works()
    {
        Needs.Program("openssl");
        string document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operating.md"));
        string commands = document.Split("### A certificate made with openssl")[1].Split("```sh\n")[1].Split("```")[0];
        string folder = Path.GetDirectoryName(_certificates.ServerFile)!;
        using (var shell = new ChatProcess("bash", folder, "-euc", commands))
        {
            Assert.AreEqual(0, shell.AwaitExit(), shell.Error.All);
        }

        using LiveServer server = LiveServer.Start("--tls-cert", Path.Combine(folder, "server.pem"), "--tls-key", Path.Combine(folder, "server.key"));
        using ChatProcess client = RunScript.Start(
            "client", "Panda", "localhost", RunScript.Text(server.Port), "--tls-ca", Path.Combine(folder, "authority.pem"));
        client.Pipe("/create room\n/list\n");
        client.EndInput();

        Assert.AreEqual(0, client.AwaitExit());
        Assert.AreEqual("\r    \rroom\n", client.Output.AwaitEnd().Replace("[Me] ", "", StringComparison.Ordinal));
    }

    private static void HangUp(LiveServer server, string says)
    {
        using var kill = new ChatProcess("bash", RunScript.Root, ["-c", $"kill -HUP {server.Process.Id}"]);
        Assert.AreEqual(0, kill.AwaitExit());
        Eventually.True(() => server.Log.Contains(says, StringComparison.Ordinal), $"the log should say: {says}");
    }

    private static int SecurePort(LiveServer server)
    {
        Match match = Match.Empty;
        Eventually.True(() => (match = SecureLine().Match(server.Log)).Success, "the server should tell its port for TLS");
        return int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>Sends a frame, and waits until the server has handled it.</summary>
    private static void Say(ChatProcess client, string text)
    {
        client.Pipe(text.PadRight(WireFrame.Size));
        client.Pipe("/fence".PadRight(WireFrame.Size));
        client.Output.AwaitSinceLastLook(printed => printed.Contains("/fence is not a valid", StringComparison.Ordinal), $"the server should have handled '{text}'");
    }

    private ChatProcess OpenSsl(int port, params IEnumerable<string> options) => new(
        "openssl", RunScript.Root, ["s_client", "-connect", $"127.0.0.1:{port}", "-CAfile", _certificates.AuthorityFile, .. options]);

    [GeneratedRegex("listening on [^ ]+ 127.0.0.1:([0-9]+)")]
    private static partial Regex SocatPort();

    [GeneratedRegex("Listening on port ([0-9]+), with TLS")]
    private static partial Regex SecureLine();
}
