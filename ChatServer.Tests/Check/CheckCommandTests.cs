using ThreadedChat.ChatCheck.CommandLine;
using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatServer.Tests.Check;

[TestClass]
public sealed class CheckCommandTests
{
    private CheckOptions? _options;

    [TestMethod]
    public void What_stands_behind_the_dashes_is_the_command_whatever_it_looks_like()
    {
        Run("server", "--timeout", "0.5", "--", "python3", "server.py", "--json", "{port}");

        Assert.AreEqual("python3 server.py --json {port}", string.Join(' ', _options!.Command!.Words));
        Assert.AreEqual(TimeSpan.FromSeconds(0.5), _options.Timeout);
        Assert.IsFalse(_options.Json);
    }

    [TestMethod]
    public void A_server_that_runs_is_told_by_host_and_port()
    {
        Run("server", "localhost", "55555", "--only", "S-JOIN", "s-list-02", "--lang", "pt-BR", "--verbose", "--junit", "x.xml");

        Assert.AreEqual(("localhost", 55555), (_options!.Host, _options.Port));
        Assert.AreEqual("S-JOIN s-list-02", string.Join(' ', _options.Only));
        Assert.AreEqual(Language.Portuguese, _options.Language);
        Assert.IsTrue(_options.Verbose);
        Assert.AreEqual("x.xml", _options.JUnitFile);
    }

    [TestMethod]
    [DataRow("server", "HOST PORT is needed")]
    [DataRow("server localhost", "HOST PORT is needed")]
    [DataRow("server localhost 0", "PORT must be a number")]
    [DataRow("server localhost 1x", "PORT must be a number")]
    [DataRow("server localhost 1 -- x {port}", "not both")]
    [DataRow("server -- x", "has no {port}")]
    [DataRow("client", "A command that starts the program is needed")]
    [DataRow("client -- x {port} {host}", "has no {name}")]
    [DataRow("basic-server -- x", "has no {port}")]
    [DataRow("basic-client localhost 1", "localhost")]
    [DataRow("server --only S-NOPE -- x {port}", "There is no case 'S-NOPE'")]
    [DataRow("client --only S-JOIN -- x {port} {name}", "There is no case 'S-JOIN'")]
    [DataRow("server --timeout 0 -- x {port}", "--timeout must be a number")]
    [DataRow("server --start-timeout 601 -- x {port}", "--start-timeout must be a number")]
    [DataRow("server --lang de -- x {port}", "--lang must be en or pt-BR, not 'de'")]
    [DataRow("server --nonsense -- x {port}", "There is no option --nonsense")]
    [DataRow("nothing", "'nothing' cannot be checked")]
    [DataRow("server --lang pt-BR", "É preciso HOST PORT")]
    public void Wrong_arguments_are_told_in_one_line(string words, string said)
    {
        (int code, _, string errors) = Run(words.Split(' '));

        Assert.AreEqual(2, code);
        Assert.Contains(said, errors);
        Assert.AreEqual(1, errors.Count(letter => letter == '\n'), errors);
        Assert.IsNull(_options);
    }

    [TestMethod]
    public void Help_says_how_commands_are_given()
    {
        (int code, string output, _) = Run("--help");

        Assert.AreEqual(0, code);
        Assert.Contains("check server -- python3 server.py \"{port}\"", output);
    }

    [TestMethod]
    [DataRow("server", "S-NET-10")]
    [DataRow("client", "C-SHOW-05")]
    [DataRow("basic-server", "BS-03")]
    [DataRow("basic-client", "BC-02")]
    public void The_list_needs_no_program(string subject, string id)
    {
        (int code, string output, _) = Run([subject, "--list"], check: true);

        Assert.AreEqual(0, code);
        Assert.Contains(id, output);
    }

    [TestMethod]
    public void A_program_that_is_not_there_is_told_in_one_line()
    {
        (int code, string output, string errors) = Run(["server", "--", "./no-such-program", "{port}"], check: true);

        Assert.AreEqual((3, "", "There is no program './no-such-program'.\n"), (code, output, errors));
    }

    [TestMethod]
    public void A_program_that_ends_before_it_listens_is_told_with_its_last_words()
    {
        (int code, _, string errors) = Run(["server", "--", "bash", "-c", "echo 'no such luck' >&2; exit 7", "{port}"], check: true);

        Assert.AreEqual((3, "The server does not listen. The program ended with exit code 7: no such luck\n"), (code, errors));
    }

    [TestMethod]
    [DataRow("client")]
    [DataRow("basic-client")]
    public void A_client_that_ends_before_it_connects_is_told_with_its_last_words(string subject)
    {
        (int code, _, string errors) = Run(
            [subject, "--", "bash", "-c", "echo 'no such luck' >&2; exit 7", "{name}", "{host}", "{port}"], check: true);

        Assert.AreEqual((3, "The client ended without connecting. The program ended with exit code 7: no such luck\n"), (code, errors));
    }

    [TestMethod]
    public void A_start_that_takes_too_long_names_the_option_for_its_limit()
    {
        string[] silent = ["bash", "-c", "read -r line", "{name}", "{host}", "{port}"];

        (int code, string output, _) = Run(
            ["client", "--start-timeout", "0.2", "--timeout", "0.1", "--only", "C-SEND-01", "--", .. silent], check: true);
        (int serverCode, _, string errors) = Run(["server", "--start-timeout", "0.2", "--", .. silent], check: true);

        Assert.AreEqual((1, 3), (code, serverCode));
        Assert.Contains("did not connect within 0.2 s. (If it needs more than 0.2 s to start, use --start-timeout.)", output);
        Assert.Contains("within 0.2 s.", errors);
        Assert.Contains("--start-timeout", errors);
    }

    [TestMethod]
    public void A_crash_is_told_with_exit_code_and_last_words()
    {
        const string Crash = "import socket, sys; s = socket.socket(); s.bind(('127.0.0.1', int(sys.argv[1]))); s.listen(5); "
            + "c, _ = s.accept(); c.recv(200); raise ValueError('a fault')";
        if (ThreadedChat.ChatCheck.Programs.ProgramFiles.Find("python3") is null)
        {
            Assert.Inconclusive("There is no python3 on the PATH.");
        }

        (int code, string output, _) = Run(["server", "--only", "S-NAME-01", "--", "python3", "-c", Crash, "{port}"], check: true);

        Assert.AreEqual(1, code);
        Assert.Contains("The program ended with exit code 1: ValueError: a fault", output);
    }

    private (int Code, string Output, string Errors) Run(params string[] args) => Run(args, check: false);

    private (int Code, string Output, string Errors) Run(string[] args, bool check)
    {
        var output = new StringWriter { NewLine = "\n" };
        var errors = new StringWriter { NewLine = "\n" };
        int code = CheckCommand.Run(args, output, errors, options =>
        {
            _options = options;
            return check ? new ThreadedChat.ChatCheck.CheckRun(options, output, errors, useColours: false).Run() : 0;
        });
        return (code, output.ToString(), errors.ToString());
    }
}
