using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>Codes go to terminals only, and nothing is left behind on them.</summary>
[TestClass]
public sealed class TerminalCodeTests : ProgramTests
{
    [TestMethod]
    [DataRow("./run.sh server --help")]
    [DataRow("./run.sh server nonsense; true")]
    [DataRow("./run.sh basic-server nonsense; true")]
    [DataRow("./run.sh basic-client --help")]
    [DataRow("./run.sh client Panda localhost nonsense; true")]
    [DataRow("./run.sh decode README.md")]
    [DataRow("NO_COLOR=1 ./run.sh check server --list")]
    [DataRow("NO_COLOR=1 ./run.sh check basic-server --timeout 0.1 -- false '{port}'; true")]
    [DataRow("./run.sh version")]
    public void A_program_that_shows_no_colours_sends_no_code(string line)
    {
        (string sent, bool isRestored) = ScriptTerminal.Run(line);

        Assert.DoesNotContain("\e", sent);
        Assert.IsTrue(isRestored, "The terminal's settings should be as before.");
    }

    [TestMethod]
    public void A_log_in_a_file_has_no_codes_and_the_terminal_gets_none()
    {
        using var folder = new FileTree();

        (string sent, bool isRestored) = RunServer($"2>'{folder.Root}/log'");

        Assert.DoesNotContain("\e", sent);
        string log = File.ReadAllText($"{folder.Root}/log");
        Assert.Contains("info: ChatServer[1] Listening on port", log);
        Assert.DoesNotContain("\e", log);
        Assert.IsTrue(isRestored);
    }

    [TestMethod]
    [DataRow("", true)]
    [DataRow("> >(cat)", true, DisplayName = "only standard error is the terminal")]
    [DataRow("", false, "NO_COLOR=1")]
    [DataRow("", false, "TERM=dumb")]
    public void A_log_in_a_terminal_has_colours_if_allowed_and_leaves_the_modes_unchanged(string redirection, bool hasColours, string variable = "")
    {
        (string sent, bool isRestored) = RunServer(redirection, variable);

        Assert.Contains("Listening on port", sent);
        Assert.AreEqual(hasColours, sent.Contains("\e[", StringComparison.Ordinal), sent);
        Assert.DoesNotContain("\e[?", sent);
        Assert.DoesNotContain("\e=", sent);
        Assert.IsTrue(isRestored);
    }

    [TestMethod]
    public void A_command_of_the_SDK_leaves_the_keypad_as_a_shell_expects_it()
    {
        // What `dotnet` does to a terminal as soon as it prints in colours.
        (string sent, _) = ScriptTerminal.Run("source scripts/streams.sh; run_sdk printf '\\033[?1h\\033='");

        Assert.EndsWith("\e[?1l\e>", sent.TrimEnd());
    }

    /// <summary>A server from its start, until it listens, to its stop.</summary>
    private static (string Sent, bool IsRestored) RunServer(string redirection, string variable = "")
    {
        using var port = new HeldPort();
        string number = RunScript.Text(port.Number);
        return ScriptTerminal.Run(
            $"{variable} ./run.sh server {number} {redirection} & until (exec 3<>/dev/tcp/127.0.0.1/{number}) 2>/dev/null; do :; done; kill $!; wait $!");
    }
}
