using System.CommandLine;
using ThreadedChat.ChatRelease.Manual;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Release;

/// <summary>Manual pages and completions say what the programs say of themselves.</summary>
[TestClass]
public sealed class ManualTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 26, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<object[]> Programs => ShippedProgram.All.Select(program => new object[] { program.Name });

    [TestMethod]
    [DynamicData(nameof(Programs))]
    public void Each_option_is_in_the_manual_and_in_each_completion(string name)
    {
        ShippedProgram program = Find(name);
        string page = Page(program).Replace("\\-", "-", StringComparison.Ordinal);
        string bash = BashCompletion.Format(program);
        string zsh = ZshCompletion.Format(program);
        string fish = FishCompletion.Format(program);

        foreach (Branch branch in program.Branches)
        {
            foreach (Option option in branch.Command.Options.Where(option => !option.Hidden))
            {
                Assert.Contains($"\\fB{option.Name}\\fR", page.Replace($"\"{program.Name} {branch.FirstWord}\"", $"\\fB{branch.FirstWord}\\fR", StringComparison.Ordinal));
                Assert.Contains(option.Name, bash);
                Assert.Contains($"'{option.Name}[", zsh);
                Assert.Contains($" -l {option.Name[2..]} ", fish);
            }
        }
    }

    [TestMethod]
    [DataRow("threadedchat-server", "\\fB\\-\\-max\\-connections\\fR \\fIN\\fR\nConnected clients; the machine may allow fewer (1 to 1000000) [default: 10000]\n")]
    [DataRow("threadedchat-server", "\\fB\\-\\-log\\-level\\fR \\fIWORD\\fR\nLeast severe lines to log: trace, debug, information, warning, error, critical, none [default: information]\n")]
    [DataRow("threadedchat-server", ".SH \"EXIT STATUS\"\n.TP\n.B 0\nstopped by SIGTERM or Ctrl\\-C\n.TP\n.B 1\n")]
    [DataRow("threadedchat-server", ".SH \"threadedchat\\-server \\-\\-print\\-history\"\n")]
    [DataRow("threadedchat-client", ".B threadedchat\\-client\n[options] \\fINAME\\fR \\fIHOST\\fR \\fIPORT\\fR\n")]
    [DataRow("threadedchat-client", ".B threadedchat\\-client\n.B \\-\\-decode\n[options] \\fIFILE\\fR\n")]
    [DataRow("threadedchat-check", ".B threadedchat\\-check\n.B basic\\-server\n")]
    public void A_page_has_the_texts_of_the_help_and_the_documents(string name, string part) => Assert.Contains(part, Page(Find(name)));

    [TestMethod]
    public void No_line_of_text_is_read_as_a_request()
    {
        var command = new Command("x", ".so /etc/passwd\n'ab\nC:\\new \"quoted\"");
        string page = ManualPage.Format(new ShippedProgram("x", "y", null, [new Branch(null, command)]), [], "1.0.0", Day);

        Assert.Contains("\n\\&.so /etc/passwd\n\\&\\(aqab\nC:\\enew \\(dqquoted\\(dq\n", page);
    }

    [TestMethod]
    public void Words_that_an_option_takes_are_completed()
    {
        Assert.Contains("--theme) _threadedchat_client_words 'auto dark light none'", BashCompletion.Format(Find("threadedchat-client")));
        Assert.Contains("--log-format) _threadedchat_server_words 'simple json'", BashCompletion.Format(Find("threadedchat-server")));
        Assert.Contains(":theme:(auto dark light none)'", ZshCompletion.Format(Find("threadedchat-client")));
        Assert.Contains(" -l lang -x -a 'en pt-BR' ", FishCompletion.Format(Find("threadedchat-check")));
        Assert.Contains(" -l trace-file -r -F ", FishCompletion.Format(Find("threadedchat-client")));
    }

    [TestMethod]
    public void A_missing_table_of_exit_codes_is_an_error() =>
        Assert.ThrowsExactly<InvalidDataException>(() => ExitCodes.Read("## Server options\n\nnothing\n", "Server options"));

    [TestMethod]
    public void All_files_are_written_and_are_the_same_each_time()
    {
        using var first = new FileTree();
        using var second = new FileTree();
        string documents = Path.Combine(Repository.Root, "docs");
        ManualFolder.Write(first.Root, "1.2.3", Day, documents);
        ManualFolder.Write(second.Root, "1.2.3", Day, documents);

        string[] files = [.. Files(first.Root)];
        Assert.HasCount(12, files);
        Assert.AreSequenceEqual(files, Files(second.Root));
        foreach (string file in files)
        {
            Assert.AreEqual(File.ReadAllText(Path.Combine(first.Root, file)), File.ReadAllText(Path.Combine(second.Root, file)));
        }
    }

    private static ShippedProgram Find(string name) => ShippedProgram.All.Single(program => program.Name == name);

    private static string Page(ShippedProgram program) => ManualPage.Format(
        program, ExitCodes.Read(File.ReadAllText(Path.Combine(Repository.Root, "docs", "options.md")), program.Heading), "1.2.3", Day);

    private static IEnumerable<string> Files(string root) =>
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file)).Order(StringComparer.Ordinal);
}
