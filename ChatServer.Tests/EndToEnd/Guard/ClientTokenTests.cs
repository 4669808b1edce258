using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Guard;

/// <summary>How our client logs in to an account.</summary>
[TestClass]
[TestCategory(NativePrograms.Category)]
public sealed class ClientTokenTests : ProgramTests
{
    private readonly string _token = AccountToken.New();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-");

    private string TokenFile => Path.Combine(_folder.FullName, "token");

    [TestInitialize]
    public void WriteToken() => File.WriteAllText(TokenFile, $"{_token}\n");

    [TestCleanup]
    public void RemoveFolder() => _folder.Remove();

    [TestMethod]
    [DataRow("--token-file")]
    [DataRow("THREADEDCHAT_TOKEN")]
    public void The_client_sends_the_token_behind_the_name_and_writes_it_nowhere(string way)
    {
        using var server = new RawServer();
        string trace = Path.Combine(_folder.FullName, "trace");
        string log = Path.Combine(_folder.FullName, "log");
        string[] options = ["Ana", "localhost", RunScript.Text(server.Port), "--trace-file", trace, "--log", log];
        using ChatProcess client = way == "--token-file"
            ? RunScript.Start(["client", .. options, way, TokenFile])
            : RunScript.StartBash($"{way}=\"$(cat '{TokenFile}')\" ./run.sh client \"$@\"", options);
        WireClient connection = server.Accept($"Ana:{_token}");

        client.Type("hello");
        Assert.AreEqual("hello", connection.Read());
        client.EndInput();
        connection.Dispose();
        client.AwaitExit();

        foreach (string text in (string[])[File.ReadAllText(trace), File.ReadAllText(log), client.Output.All, client.Error.All])
        {
            Assert.DoesNotContain(_token, text);
        }

        Assert.Contains("\"Ana:(token)\"", File.ReadAllText(trace));
    }

    [TestMethod]
    public void The_token_is_not_sent_to_another_machine_in_clear_text()
    {
        using ChatProcess client = RunScript.Start(["client", "Ana", "192.0.2.1", "9", "--token-file", TokenFile]);

        client.MustExit(1, error: "The token is not sent to 192.0.2.1: the connection is not encrypted, so others can read it (use --tls, or --insecure-token to send it anyway).\n");
    }

    [TestMethod]
    public void The_client_that_is_taken_over_does_not_connect_again()
    {
        using var folder = new GuardFolder();
        string login = folder.Login("Ana");
        File.WriteAllText(TokenFile, login.Split(':')[1]);
        using var server = new TestServer(folder.Options);
        using ChatProcess client = RunScript.Start(["client", "Ana", "localhost", RunScript.Text(server.Port), "--reconnect", "--token-file", TokenFile]);
        Eventually.True(() => folder.Names().Length == 1, "the client should log in");

        WireClient next = server.Enter(login);

        Assert.AreEqual(1, client.AwaitExit());
        Assert.Contains("You have logged in from another place.", client.Output.AwaitEnd());
        Assert.IsEmpty(next.Fence());
    }

    [TestMethod]
    public void The_prompt_does_not_show_what_is_typed()
    {
        Needs.Linux();
        using var folder = new GuardFolder();
        string login = folder.Login("Ana");
        using var server = new TestServer(folder.Options);
        RunScript.EnsureBuilt();
        using var terminal = new TmuxTerminal(columns: 100);
        terminal.Type($"./run.sh client Ana localhost {server.Port} --ask-token");
        terminal.Press("Enter");
        terminal.AwaitScreen(screen => screen is [.., "Token of Ana:"], "the client should ask");

        terminal.Type(login.Split(':')[1]);
        terminal.Press("Enter");

        Eventually.True(() => folder.Names() is ["Ana"], "the client should log in");
        terminal.AwaitScreen(screen => screen is [.., "[Me]"], "the client should be ready");
        Assert.DoesNotContain(login.Split(':')[1], string.Concat(terminal.Transcript));
    }
}
