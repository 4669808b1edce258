using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>How the checker finds and starts programs on Windows, as far as it is text.</summary>
[TestClass]
public sealed class WindowsStartTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-");

    [TestCleanup]
    public void DeleteFolder() => _folder.Remove();

    [TestMethod]
    [DataRow("tool", "tool.EXE", DisplayName = "no extension: in the order of PATHEXT")]
    [DataRow("script", "script.CMD", DisplayName = "a batch file")]
    [DataRow("tool.cmd", "tool.cmd", DisplayName = "an extension: the file itself")]
    [DataRow("python3.12", "python3.12.EXE", DisplayName = "a dot without an extension")]
    [DataRow("page", null, DisplayName = "no file that Windows can start")]
    [DataRow("other", null, DisplayName = "no file at all")]
    public void A_program_is_found_through_PATHEXT(string name, string? found)
    {
        foreach (string file in (string[])["tool.EXE", "tool.cmd", "script.CMD", "python3.12.EXE", "page.JS"])
        {
            File.WriteAllText(Path.Combine(_folder.FullName, file), "");
        }

        string? path = ProgramFiles.Find(
            name, variable => variable switch { "PATH" => $"/nowhere;{_folder.FullName}", "PATHEXT" => ".COM;.EXE;.JS;.CMD", _ => null }, isWindows: true);

        Assert.AreEqual(found is null ? null : Path.Combine(_folder.FullName, found), path);
    }

    [TestMethod]
    public void Without_PATHEXT_the_usual_extensions_are_tried_and_a_path_is_not_looked_up()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "tool.EXE"), "");

        Assert.AreEqual(
            Path.Combine(_folder.FullName, "tool.EXE"),
            ProgramFiles.Find(Path.Combine(_folder.FullName, "tool"), _ => null, isWindows: true));
        Assert.IsNull(ProgramFiles.Find("tool", _ => null, isWindows: true));
    }

    [TestMethod]
    [DataRow("run.cmd", true)]
    [DataRow("RUN.BAT", true)]
    [DataRow("run.exe", false)]
    public void A_batch_file_is_known_by_its_name(string file, bool isOne) => Assert.AreEqual(isOne, BatchFile.Is(file));

    [TestMethod]
    public void Each_word_for_a_batch_file_is_quoted() =>
        Assert.AreEqual(
            "/d /v:off /s /c \"\"C:\\my files\\run.cmd\" \"a & b\" \"!x^\"\"",
            BatchFile.Arguments(["C:\\my files\\run.cmd", "a & b", "!x^"]));

    [TestMethod]
    [DataRow("100%")]
    [DataRow("\"quoted\"")]
    [DataRow("two\nlines")]
    public void A_word_that_the_shell_of_Windows_would_change_is_an_error(string word) =>
        Assert.Contains(word, Assert.ThrowsExactly<CannotStartException>(() => BatchFile.Arguments(["run.cmd", word])).Message);
}
