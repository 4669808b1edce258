using System.Text.RegularExpressions;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The arguments of all programs behind a verb of run.sh: each form works or is rejected in one line.</summary>
[TestClass]
[TestCategory(NativePrograms.Category)]
public sealed class ArgumentTests : ProgramTests
{
    [TestMethod]
    [DataRow("--plain takes no value, so not '--plain=no'. Usage: client NAME HOST PORT (--help shows all options)", "client", "A", "h", "1", "--plain=no")]
    [DataRow("--theme needs a value. Usage: client NAME HOST PORT (--help shows all options)", "client", "A", "h", "1", "--theme=")]
    [DataRow("--basic takes no value, so not '--basic=true'. Usage: client NAME HOST PORT (--help shows all options)", "client", "--basic=true", "h", "1")]
    [DataRow("'[x]' is no argument. Usage: client NAME HOST PORT (--help shows all options)", "client", "[x]", "h", "1")]
    [DataRow("PORT must be a number from 1 to 65535, not '1?2'. Usage: client NAME HOST PORT (--help shows all options)", "client", "A", "h", "1\n2")]
    [DataRow("--plain is not an option; an argument that looks like one goes after --. Usage: basic-client HOST PORT (--help shows all options)", "basic-client", "h", "1", "--plain")]
    [DataRow("Unrecognized command or argument '1'. Usage: basic-client HOST PORT (--help shows all options)", "basic-client", "A", "h", "1")]
    [DataRow("decode takes one FILE, or - for standard input. Usage: decode [--html] FILE|-", "decode", "--file=x")]
    [DataRow("--basic takes no value, so not '--basic=true'. (--help shows all options)", "server", "--basic=true", "0")]
    [DataRow("--unique-names takes no value, so not '--unique-names:false'. (--help shows all options)", "server", "0", "--unique-names:false")]
    [DataRow("Unrecognized command or argument 'false'. (--help shows all options)", "server", "0", "--unique-names", "false")]
    [DataRow("--trace-file needs a value; '--trace' looks like an option, so it would have to be --trace-file=--trace. (--help shows all options)", "server", "0", "--trace-file", "--trace")]
    [DataRow("--max-per-address must be a number from 0 to 1000000, not '-1'. (--help shows all options)", "server", "0", "--max-per-address", "-1")]
    [DataRow("PORT must be a number from 0 to 65535, not '@file'. (--help shows all options)", "server", "@file")]
    [DataRow("'[debug]' is no argument. (--help shows all options)", "server", "[debug]", "0")]
    [DataRow("Unrecognized command or argument '--trace'. (--help shows all options)", "basic-server", "0", "--trace")]
    [DataRow("--json takes no value, so not '--json=x'. (--help shows all options)", "check", "server", "--json=x")]
    [DataRow("--timeout deve ser um número de 0.1 a 600, não 'x'. (--help mostra todas as opções)", "check", "server", "--lang=pt-BR", "--timeout", "x")]
    [DataRow("--timeout deve ser um número de 0.1 a 600, não 'x'. (--help mostra todas as opções)", "check", "server", "--lang:pt-BR", "--timeout:x")]
    [DataRow("'[diagram]' is no argument. (--help shows all options)", "check", "[diagram]", "server")]
    public void A_wrong_form_of_an_argument_is_one_line_on_standard_error(string error, params string[] words)
    {
        using ChatProcess program = RunScript.Start(words);

        program.MustExit(2, "", $"{error}\n");
    }

    [TestMethod]
    [DataRow("--theme=dark")]
    [DataRow("--theme:dark")]
    [DataRow("--theme", "dark")]
    public void Every_form_of_a_value_reaches_the_client(params string[] option)
    {
        using var port = new HeldPort();
        using ChatProcess client = RunScript.Start(["client", .. option, "Panda", "localhost", RunScript.Text(port.Number)]);

        client.MustExit(1, $"Unable to connect to localhost:{port.Number}\n");
    }

    [TestMethod]
    [DataRow("server", "server [<PORT>] [options]")]
    [DataRow("client", "client [<NAME> [<HOST> [<PORT>]]] [options]")]
    [DataRow("basic-server", "basic-server <PORT> [options]")]
    [DataRow("basic-client", "basic-client <HOST> <PORT> [options]")]
    [DataRow("decode", "decode <FILE> [options]")]
    [DataRow("check", "check [command] [options]")]
    [DataRow("grade", "grade <FOLDER> [command] [options]")]
    [DataRow("demo", "Usage: ./run.sh demo")]
    [DataRow("cluster-demo", "Usage: ./run.sh cluster-demo")]
    [DataRow("build", "Usage: ./run.sh build [options]")]
    [DataRow("test", "Usage: ./run.sh test [options]")]
    [DataRow("soak", "Usage: ./run.sh soak [options]")]
    [DataRow("version", "Usage: ./run.sh version")]
    public void Every_verb_shows_its_usage(string verb, string usage)
    {
        using ChatProcess program = RunScript.Start(verb, "--help");

        Assert.AreEqual(0, program.AwaitExit());
        string help = program.Output.AwaitEnd();
        Assert.Contains(usage, help);
        Assert.DoesNotContain("ChatC", help);
        Assert.DoesNotContain("ChatS", help);
        Assert.AreEqual("", program.Error.AwaitEnd());
    }

    [TestMethod]
    [DataRow("basic-client")]
    [DataRow("basic-server")]
    public void The_help_of_the_basic_programs_shows_only_their_arguments(string verb)
    {
        using ChatProcess program = RunScript.Start(verb, "--help");

        Assert.AreEqual(0, program.AwaitExit());
        string help = program.Output.AwaitEnd();
        foreach (string option in (string[])["--trace", "--plain", "--theme", "--max-connections", "--log-level"])
        {
            Assert.DoesNotContain(option, help);
        }
    }

    [TestMethod]
    [DataRow("version")]
    [DataRow("--version")]
    [DataRow("server", "--version")]
    [DataRow("client", "--version")]
    [DataRow("basic-server", "--version")]
    [DataRow("basic-client", "--version")]
    [DataRow("decode", "--version")]
    [DataRow("check", "--version")]
    public void The_version_is_that_of_the_programs(params string[] words)
    {
        string version = typeof(ServerOptions).Assembly.GetName().Version!.ToString(3);
        using ChatProcess program = RunScript.Start(words);

        Assert.AreEqual(0, program.AwaitExit());
        Assert.MatchesRegex($@"^{Regex.Escape(version)}(\+[0-9a-f]{{12}}(\.modified)?)?\n$", program.Output.AwaitEnd());
        Assert.AreEqual("", program.Error.AwaitEnd());
    }

    [TestMethod]
    [DataRow("run.sh: demo takes no arguments, not 'x'", "demo", "x")]
    [DataRow("run.sh: cluster-demo takes no arguments, not 'x'", "cluster-demo", "x")]
    [DataRow("run.sh: version takes no arguments, not '--nonsense'", "version", "--nonsense")]
    [DataRow("run.sh: soak: --minutes must be a number from 1 to 9999, not '0' (./run.sh soak --help shows all options)", "soak", "--minutes=0")]
    [DataRow("run.sh: there is no verb 'basic_server' (./run.sh help lists them)", "basic_server", "0")]
    public void The_script_rejects_wrong_forms_in_the_same_way(string error, params string[] words)
    {
        using ChatProcess script = RunScript.Start(words);

        script.MustExit(2, "", $"{error}\n");
    }
}
