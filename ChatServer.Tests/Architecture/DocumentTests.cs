using System.Text.RegularExpressions;
using ThreadedChat.ChatClient;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Architecture;

/// <summary>What the documents name exists: files, headings, commands, options and tests.</summary>
[TestClass]
[DoNotParallelize] // captures what the server's help writes on the console
public sealed partial class DocumentTests
{
    // It names files and tests of old versions.
    private const string History = "CHANGELOG.md";

    private static readonly string[] Documents =
    [
        .. ((string[])["", "docs", "deploy"])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md"))
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "decisions"), "*.md"))
            .Where(file => Path.GetFileName(file) != History),
    ];

    [TestMethod]
    public void Each_link_leads_to_a_file_of_the_project_and_to_a_heading_in_it()
    {
        IEnumerable<string> broken =
            from document in Documents
            from Match match in Link().Matches(File.ReadAllText(document))
            let target = match.Groups[1].Value
            where !target.Contains("://", StringComparison.Ordinal) && !Exists(document, target)
            select $"{Path.GetRelativePath(Repository.Root, document)}: {target}";

        AssertNone(broken);
    }

    [TestMethod]
    public void Each_path_in_code_style_exists()
    {
        IEnumerable<string> missing = Named(ProjectPath()).Where(path =>
            !File.Exists(Path.Combine(Repository.Root, path)) && !Directory.Exists(Path.Combine(Repository.Root, path)));

        AssertNone(missing);
    }

    [TestMethod]
    public void Each_test_class_that_a_document_names_exists()
    {
        var classes = typeof(DocumentTests).Assembly.GetTypes().Select(type => type.Name).ToHashSet();

        AssertNone(Named(TestClass()).Except(classes));
    }

    [TestMethod]
    public void Each_command_that_a_document_shows_is_a_verb_of_the_script()
    {
        AssertNone(Named(Command()).Except(Verbs()));
    }

    [TestMethod]
    [DataRow("options.md")]
    [DataRow("options.pt-BR.md")]
    public void The_list_of_commands_is_complete(string document)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", document));
        IEnumerable<string> documented = Command().Matches(text).Select(match => match.Groups[1].Value);

        AssertNone(Verbs().Except(documented));
    }

    [TestMethod]
    public void The_script_for_Windows_has_each_verb_that_does_not_need_bash()
    {
        string[] withBash = ["test", "demo", "cluster-demo", "soak", "bench", "grade", "release"];
        string script = File.ReadAllText(Path.Combine(Repository.Root, "run.cmd"));

        AssertNone(Verbs().Except(withBash).Where(verb => !script.Contains($"\"%VERB%\"==\"{verb}\"", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("options.md", "Server options")]
    [DataRow("options.pt-BR.md", "Opções do servidor")]
    public void The_documented_options_of_the_server_are_those_of_its_help(string document, string heading)
    {
        (_, string help, _) = ConsoleCapture.Run(() => CommandLine.Run(["--help"], _ => 0));

        Assert.AreSequenceEqual(OptionsIn(help), DocumentedOptions(document, heading));
    }

    [TestMethod]
    [DataRow("options.md", "Client options")]
    [DataRow("options.pt-BR.md", "Opções do cliente")]
    public void The_documented_options_of_the_client_are_those_of_its_help(string document, string heading)
    {
        string help = ((Request.Answer)ClientCommandLine.Parse(["--help"])).Text;

        Assert.AreSequenceEqual(OptionsIn(help), DocumentedOptions(document, heading));
    }

    /// <summary>Fails and shows the elements if there are any.</summary>
    private static void AssertNone(IEnumerable<string> wrong) => Assert.AreEqual("", string.Join('\n', wrong));

    /// <summary>What the first group of <paramref name="pattern"/> finds in all documents.</summary>
    private static IEnumerable<string> Named(Regex pattern) => Documents
        .SelectMany(document => pattern.Matches(File.ReadAllText(document)))
        .Select(match => match.Groups[1].Value)
        .Distinct();

    private static bool Exists(string document, string target)
    {
        string[] parts = target.Split('#', 2);
        string file = parts[0].Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, parts[0]);
        if (parts.Length == 1)
        {
            return File.Exists(file) || Directory.Exists(file);
        }

        return File.Exists(file) && Heading().Matches(File.ReadAllText(file)).Any(match => Anchor(match.Groups[1].Value) == parts[1]);
    }

    /// <summary>The anchor that GitHub gives to a heading.</summary>
    private static string Anchor(string heading) => NotInAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string[] Verbs() =>
    [
        .. VerbFunction().Matches(File.ReadAllText(Path.Combine(Repository.Root, "run.sh")))
            .Select(match => match.Groups[1].Value.Replace('_', '-')),
    ];

    private static IEnumerable<string> OptionsIn(string help) => HelpOption().Matches(help)
        .Select(match => match.Groups[1].Value)
        .Except(["--help", "--version"])
        .Order(StringComparer.Ordinal);

    /// <summary>The options in the tables below one heading of a document.</summary>
    private static IEnumerable<string> DocumentedOptions(string document, string heading)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", document));
        string section = text.Split($"\n## {heading}\n")[1].Split("\n## ")[0];
        return OptionRow().Matches(section).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:Common|ChatServer|ChatServer\.Tests|ChatServer\.Benchmarks|ChatClient|ChatCheck|docs|deploy|scripts)/[\w./-]*)`")]
    private static partial Regex ProjectPath();

    [GeneratedRegex(@"`(?:[\w.]+/)*(\w+Tests)(?:\.cs)?`")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"\./run\.sh ([a-z][a-z-]*)")]
    private static partial Regex Command();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\p{M} _-]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"^verb_(\w+)\(\)", RegexOptions.Multiline)]
    private static partial Regex VerbFunction();

    [GeneratedRegex(@"^ +(?:-\w, )?(--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex HelpOption();

    [GeneratedRegex(@"^\| `(--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex OptionRow();
}
