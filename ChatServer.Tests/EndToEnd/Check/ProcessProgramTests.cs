using System.Text;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>Programs under test as processes: their streams and environment, and what they leave behind.</summary>
[TestClass]
public sealed class ProcessProgramTests
{
    private const string Streams = "for n in 0 1 2; do if [ -t $n ]; then printf T; else printf p; fi; done";

    [TestMethod]
    [DataRow(nameof(ProgramStreams.Terminal), "TTT")]
    [DataRow(nameof(ProgramStreams.OutputTerminal), "TTp")]
    [DataRow(nameof(ProgramStreams.Pipes), "ppp")]
    public void A_program_has_a_terminal_unless_a_pipe_is_requested(string streams, string expected)
    {
        NeedsTerminals();
        using ProcessProgram program = Bash(Streams, Enum.Parse<ProgramStreams>(streams));

        Assert.IsTrue(program.AwaitExit(Limit.Wait));
        Assert.AreEqual(expected, Text(program.Output));
        Assert.AreEqual(expected[1] == 'T', program.IsTerminal);
    }

    [TestMethod]
    public void A_terminal_shows_what_is_typed_and_both_streams_in_order_and_has_a_size_and_a_name()
    {
        NeedsTerminals();
        using ProcessProgram program = Bash(
            "read -r line; echo \"out $line\"; echo err >&2; stty size; echo $TERM; tty </dev/tty >/dev/null && echo own", ProgramStreams.Terminal);

        program.Write("typed\r"u8);

        Assert.IsTrue(program.AwaitExit(Limit.Wait));
        Assert.AreEqual("typed\r\nout typed\r\nerr\r\n50 500\r\nxterm-256color\r\nown\r\n", Text(program.Output));
        Assert.AreEqual("", Text(program.Errors));
    }

    [TestMethod]
    public void The_output_terminal_changes_no_byte_and_keeps_errors_apart()
    {
        NeedsTerminals();
        using ProcessProgram program = Bash("printf 'a\\nb\\r\\n\\t'; read -r; echo log >&2", ProgramStreams.OutputTerminal);
        Eventually.True(() => Text(program.Output).EndsWith('\t'), "the program should have printed"); // so its terminal is as it will be

        program.Write("typed\r"u8);

        Assert.IsTrue(program.AwaitExit(Limit.Wait));
        Assert.AreEqual("a\nb\r\n\t", Text(program.Output));
        Assert.AreEqual("log\n", Text(program.Errors));
    }

    [TestMethod]
    public void Input_ends_at_a_terminal_and_in_a_pipe()
    {
        NeedsTerminals();
        foreach (ProgramStreams streams in Enum.GetValues<ProgramStreams>())
        {
            using ProcessProgram program = Bash("cat >/dev/null; exit 7", streams);

            program.Write("line\n"u8);
            program.EndInput();

            Assert.IsTrue(program.AwaitExit(Limit.Wait), $"{streams}");
            Assert.AreEqual(7, program.ExitCode);
        }
    }

    [TestMethod]
    public void The_terminal_reports_its_cursor_position()
    {
        NeedsTerminals();
        using ProcessProgram program = Bash("stty -echo; printf 'abc\\e[6n'; read -rs -d R answer; echo \"${answer#?}\"", ProgramStreams.Terminal);

        Assert.IsTrue(program.AwaitExit(Limit.Wait));
        Assert.AreEqual("abc\e[6n[1;4\r\n", Text(program.Output));
    }

    [TestMethod]
    public void The_end_of_a_program_is_noticed_although_another_process_keeps_its_terminal_open()
    {
        NeedsTerminals();
        using ProcessProgram program = Bash("trap '' HUP; sleep 600 & echo last; exit 3", ProgramStreams.Terminal);

        Assert.IsTrue(program.AwaitExit(Limit.Wait));
        Assert.AreEqual(3, program.ExitCode);
        Assert.AreEqual("last\r\n", Text(program.Output));
    }

    [TestMethod]
    [DataRow(nameof(ProgramStreams.Terminal))]
    [DataRow(nameof(ProgramStreams.Pipes))]
    public void Processes_that_a_program_started_end_with_it_and_its_temporary_files_are_removed(string streams)
    {
        Needs.Linux();
        ProcessProgram program = Bash(
            "trap '' HUP TERM; sleep 600 & touch $TMPDIR/left; mkdir $TMPDIR/folder; echo \"$! $TMPDIR $DOTNET_EnableDiagnostics end\"; wait", Enum.Parse<ProgramStreams>(streams));
        program.Output.Await(0, Limit.Wait, (bytes, _) => Encoding.UTF8.GetString(bytes).Contains("end", StringComparison.Ordinal));
        string[] words = Text(program.Output).Split(' ');
        Assert.IsTrue(File.Exists(Path.Combine(words[1], "left")));
        Assert.AreEqual("0", words[2]);

        program.Dispose();

        Assert.IsFalse(Directory.Exists(words[1]));
        Eventually.True(() => !IsAlive(words[0]), "the children of the program should have ended");
    }

    [TestMethod]
    public void No_terminal_is_left_open()
    {
        Needs.Linux();
        NeedsTerminals();
        for (int i = 0; i < 5; i++)
        {
            using ProcessProgram program = Bash("exit 0", ProgramStreams.Terminal);
            Assert.IsTrue(program.AwaitExit(Limit.Wait));
            string terminal = program.TerminalPath!;
            program.Dispose();
            Eventually.True(() => !File.Exists(terminal), $"{terminal} should be gone");
        }
    }

    private static bool IsAlive(string process)
    {
        try
        {
            // A process that has ended and is not yet collected is still listed.
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void NeedsTerminals()
    {
        if (!PseudoTerminal.IsAvailable)
        {
            Assert.Inconclusive("Needs pseudo-terminals.");
        }
    }

    private static ProcessProgram Bash(string script, ProgramStreams streams) => new("/bin/bash", ["-c", script], streams);

    private static string Text(ProgramOutput output) => Encoding.UTF8.GetString(output.From(0));
}
