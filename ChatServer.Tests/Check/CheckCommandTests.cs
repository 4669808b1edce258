using ThreadedChat.ChatCheck.CommandLine;
using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatServer.Tests.Check;

[TestClass]
public sealed class CheckCommandTests
{
    private CheckOptions? _options;

    [TestMethod]
    public void Every_word_after_the_dashes_belongs_to_the_command()
    {
        Run("server", "--timeout", "0.5", "--", "python3", "server.py", "--json", "{port}");

        Assert.AreEqual("python3 server.py --json {port}", string.Join(' ', _options!.Command!.Words));
        Assert.AreEqual(TimeSpan.FromSeconds(0.5), _options.Timeout);
        Assert.IsFalse(_options.Json);
    }

    [TestMethod]
    public void A_running_server_is_chosen_by_host_and_port()
    {
        Run("server", "localhost", "55555", "--only", "S-JOIN", "s-list-02", "--lang", "pt-BR", "--verbose", "--junit", "x.xml");

        Assert.AreEqual(("localhost", 55555), (_options!.Host, _options.Port));
        Assert.AreEqual("S-JOIN s-list-02", string.Join(' ', _options.Only));
        Assert.AreEqual(Language.Portuguese, _options.Language);
        Assert.IsTrue(_options.Verbose);
        Assert.AreEqual("x.xml", _options.JUnitFile);
    }

    [TestMethod]
    public void The_cases_of_the_extended_mode_are_there_only_if_they_are_asked_for()
    {
        Run("server", "--extended", "--only", "X-MSG", "--", "x", "{port}");

        Assert.Contains(one => one.Id == "X-MSG-01", _options!.Suite.Cases);
        Assert.Contains(one => one.Id == "S-JOIN-01", _options.Suite.Cases);
        Run("server", "--", "x", "{port}");
        Assert.DoesNotContain(one => one.Group == "extended", _options.Suite.Cases);
    }

    [TestMethod]
    [DataRow("server --only X-MSG -- x {port}", "There is no case 'X-MSG'")]
    [DataRow("client --extended -- x {port} {name}", "--extended")]
    [DataRow("server --extended=true -- x {port}", "--extended")]
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
    public void Wrong_arguments_are_reported_in_one_line(string words, string said)
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
        (int code, string output, _) = CheckProgram.Run(subject, "--list");

        Assert.AreEqual(0, code);
        Assert.Contains(id, output);
    }

    private (int Code, string Output, string Errors) Run(params string[] args) => CheckProgram.Run(args, options =>
    {
        _options = options;
        return 0;
    });
}
