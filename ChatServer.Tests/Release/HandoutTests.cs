using System.Text.RegularExpressions;
using ThreadedChat.ChatRelease.Manual;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Release;

/// <summary>The README of an archive says how to start its programs, without the script that the documents speak of.</summary>
[TestClass]
public sealed partial class HandoutTests
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["ChatServer"] = "threadedchat-server",
        ["ChatClient"] = "threadedchat-client",
        ["ChatCheck"] = "threadedchat-check",
    };

    [TestMethod]
    [DataRow("README.md")]
    [DataRow("README.pt-BR.md")]
    public void For_each_command_of_the_script_that_starts_a_program_the_program_is_named(string file)
    {
        string[] expected = [.. Verb().Matches(File.ReadAllText(Path.Combine(Repository.Root, "run.sh"))).Select(verb =>
            $"| `./run.sh {verb.Groups["verb"].Value.Replace('_', '-')}` | `{Names[verb.Groups["program"].Value]}{verb.Groups["option"].Value}` |")];

        Assert.HasCount(9, expected);
        Assert.AreSequenceEqual(expected.Order(), Rows().Matches(Text(file)).Select(row => row.Value).Order());
    }

    [TestMethod]
    public void Each_program_of_the_archive_is_started_in_an_example()
    {
        string[] commands = Commands("README.md");

        Assert.AreSequenceEqual(
            ShippedProgram.All.Select(program => program.Name).Order(),
            commands.Select(command => command.Split(' ')[0].Replace("./", "", StringComparison.Ordinal)).Distinct().Order());
        Assert.AreSequenceEqual(commands, Commands("README.pt-BR.md"), "both languages show the same commands");
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, "ChatRelease", "Handout", file));

    /// <summary>The commands of the examples, without what they say of them.</summary>
    private static string[] Commands(string file) => [.. Example().Matches(Text(file)).Select(line => line.Groups[1].Value.TrimEnd())];

    [GeneratedRegex("""^verb_(?<verb>\w+)\(\) \{(?: |\n(?:  .*\n)*?  )run_program (?<program>ChatServer|ChatClient|ChatCheck)(?<option> --[a-z-]+)? "\$@"(?:; |\n)\}""", RegexOptions.Multiline)]
    private static partial Regex Verb();

    [GeneratedRegex(@"^\| `\./run\.sh .*\|$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"^(\./threadedchat[^#\n]*)", RegexOptions.Multiline)]
    private static partial Regex Example();
}
