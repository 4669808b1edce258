using ThreadedChat.ChatRelease.Manual;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Release;

/// <summary>The shells understand the completions, and man(1) the pages.</summary>
[TestClass]
public sealed class ShellCompletionTests
{
    public static IEnumerable<object[]> Programs => ShippedProgram.All.Select(program => new object[] { program.Name });

    [TestMethod]
    [DataRow("threadedchat-server", "--log-l", "--log-level")]
    [DataRow("threadedchat-server", "--log-level w", "warning")]
    [DataRow("threadedchat-server", "--print-history --gr", "--grep")]
    [DataRow("threadedchat-client", "Ana localhost 55555 --theme l", "light")]
    [DataRow("threadedchat-client", "--decode --ht", "--html")]
    [DataRow("threadedchat-check", "basic-s", "basic-server")]
    [DataRow("threadedchat-check", "server --lang p", "pt-BR")]
    public void Bash_completes(string program, string typed, string word)
    {
        using ChatProcess bash = RunScript.StartBash(
            """
            eval "$1"; program=$2; shift 2
            COMP_WORDS=("$program" $1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            "_${program//-/_}"; printf '%s\n' "${COMPREPLY[@]}"
            """,
            BashCompletion.Format(Find(program)), program, typed);

        bash.MustExit(0, $"{word}\n");
    }

    [TestMethod]
    [DynamicData(nameof(Programs))]
    public void Zsh_reads_the_completion(string program)
    {
        Needs.Program("zsh");
        using ChatProcess zsh = RunScript.StartBash("zsh -fn /dev/stdin", []);
        zsh.Pipe(ZshCompletion.Format(Find(program)));
        zsh.EndInput();

        zsh.MustExit(0);
    }

    [TestMethod]
    [DataRow("threadedchat-server", "--log-l", "--log-level")]
    [DataRow("threadedchat-server", "--log-level w", "warning")]
    [DataRow("threadedchat-client", "--decode --ht", "--html")]
    [DataRow("threadedchat-check", "basic-s", "basic-server")]
    public void Fish_completes(string program, string typed, string word)
    {
        Needs.Program("fish");
        using var home = new FileTree();
        using ChatProcess fish = RunScript.StartBash(
            "cd \"$4\"; HOME=$4 XDG_CONFIG_HOME=$4 XDG_DATA_HOME=$4 fish -N -c 'source (printf %s $argv[1] | psub); complete -C $argv[2]' \"$1\" \"$2 $3\"",
            FishCompletion.Format(Find(program)), program, typed, home.Root);

        Assert.AreEqual(0, fish.AwaitExit());
        Assert.AreSequenceEqual([word], fish.Output.AwaitEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0]));
    }

    [TestMethod]
    [DynamicData(nameof(Programs))]
    public void Man_shows_the_page_without_a_warning(string program)
    {
        Needs.Program("man");
        ShippedProgram shipped = Find(program);
        string options = File.ReadAllText(Path.Combine(Repository.Root, "docs", "options.md"));
        using ChatProcess man = RunScript.StartBash("LC_ALL=C.UTF-8 MANROFFSEQ= MANWIDTH=80 man --warnings -E UTF-8 -l -");
        man.Pipe(ManualPage.Format(shipped, ExitCodes.Read(options, shipped.Heading), "1.2.3", DateTimeOffset.UnixEpoch));
        man.EndInput();

        Assert.AreEqual(0, man.AwaitExit());
        Assert.Contains("SYNOPSIS", man.Output.AwaitEnd());
        Assert.AreEqual("", man.Error.AwaitEnd());
    }

    private static ShippedProgram Find(string name) => ShippedProgram.All.Single(program => program.Name == name);
}
