using System.Text;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Client.Input;

[TestClass]
public sealed class HistoryFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-");

    private string FilePath => Path.Combine(_folder.FullName, "state", "threadedchat", "history");

    public void Dispose() => _folder.Remove();

    [TestMethod]
    public void Entered_lines_are_in_the_history_of_the_next_session()
    {
        string[] texts = ["one", "/join room", "two\nlines", @"a \n that is no line break", @"\\server\", "你好 👋🏽"];
        Add(new HistoryFile(FilePath), texts);

        Assert.AreSequenceEqual(texts, Load());
    }

    [TestMethod]
    public void Without_a_path_no_history_is_read_or_created()
    {
        Assert.IsEmpty(Load());
        Assert.IsFalse(File.Exists(FilePath));
    }

    [TestMethod]
    public void Blank_texts_and_secrets_are_not_written()
    {
        Add(new HistoryFile(FilePath), "one", "", "  ", "the password is x", " private", "two");

        Assert.AreEqual("one\ntwo\n", File.ReadAllText(FilePath));
    }

    [TestMethod]
    public void Only_the_user_can_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has no such modes.");
            return; // for the compiler
        }

        Add(new HistoryFile(FilePath), "one");

        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.AreEqual(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(FilePath)!));
    }

    [TestMethod]
    public void Several_clients_at_once_lose_no_line_of_each_other()
    {
        const int Clients = 4;
        const int Lines = 50;
        TestThread.Meet(Clients, client => Add(new HistoryFile(FilePath), [.. Enumerable.Range(0, Lines).Select(i => $"{client} {i}")]));

        string[] texts = Load();

        Assert.HasCount(Clients * Lines, texts);
        for (int client = 0; client < Clients; client++)
        {
            Assert.AreSequenceEqual(
                Enumerable.Range(0, Lines).Select(i => $"{client} {i}"), texts.Where(text => text.StartsWith($"{client} ", StringComparison.Ordinal)));
        }
    }

    [TestMethod]
    public void Only_the_newest_texts_are_loaded()
    {
        Write(string.Concat(Enumerable.Range(0, ChatClient.Editing.History.MaxCount + 5).Select(i => $"{i}\n")));

        string[] texts = Load();

        Assert.HasCount(ChatClient.Editing.History.MaxCount, texts);
        Assert.AreEqual("5", texts[0]);
    }

    [TestMethod]
    public void The_file_does_not_grow_without_end_and_keeps_its_newest_lines()
    {
        string line = new('a', 1000);
        Write(string.Concat(Enumerable.Repeat($"{line}\n", HistoryFile.MaxLength / 1001)));
        var file = new HistoryFile(FilePath);

        Add(file, line, "newest");

        Assert.IsInRange(HistoryFile.MaxLength / 3, HistoryFile.MaxLength, new FileInfo(FilePath).Length);
        string[] texts = Load();
        Assert.AreEqual("newest", texts[^1]);
        Assert.IsTrue(texts[..^1].All(text => text == line));
    }

    [TestMethod]
    public void A_larger_file_of_another_origin_is_read_from_its_end_and_shortened()
    {
        Write(string.Concat(Enumerable.Repeat($"{new string('a', 999)}\n", 3 * HistoryFile.MaxLength / 1000)) + "last\n");
        Assert.AreEqual("last", Load()[^1]);

        Add(new HistoryFile(FilePath), "newest");

        Assert.IsLessThanOrEqualTo(HistoryFile.MaxLength, new FileInfo(FilePath).Length);
        Assert.AreSequenceEqual(["last", "newest"], Load()[^2..]);
    }

    [TestMethod]
    public void After_a_line_that_was_written_in_part_the_next_one_is_whole()
    {
        Write("one\nhal");

        Add(new HistoryFile(FilePath), "two");

        Assert.AreSequenceEqual(["one", "hal", "two"], Load());
    }

    [TestMethod]
    public void Control_characters_in_the_file_cannot_act_on_the_terminal()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllBytes(FilePath, [.. "a\e[2Jb\tc\r\n\0"u8, 0xFF, .. "\n"u8, .. Encoding.UTF8.GetBytes(new string('x', LineEditor.MaxLength + 1)), .. "\nd\n"u8]);

        string[] texts = Load();

        Assert.DoesNotContain(text => text.Any(character => char.IsControl(character) && character != '\n') || text.Length > LineEditor.MaxLength, texts);
        Assert.AreEqual("a [2Jb c ", texts[0]);
        Assert.AreEqual("d", texts[^1]);
    }

    [TestMethod]
    public void A_folder_in_place_of_the_file_is_reported_once()
    {
        Directory.CreateDirectory(FilePath);
        var file = new HistoryFile(FilePath);

        Assert.IsEmpty(file.Load(out string? problem));
        Assert.StartsWith("The history is not kept on disk: ", problem);
        Assert.DoesNotContain("\n", problem);
        Assert.IsNull(file.Add("one"));
    }

    [TestMethod]
    public void A_file_in_place_of_the_folder_is_reported_once()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "state"), "");
        var file = new HistoryFile(FilePath);

        Assert.IsEmpty(file.Load(out _));
        Assert.StartsWith("The history is not kept on disk: ", file.Add("one"));
        Assert.IsNull(file.Add("two"));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("a\0b")]
    public void An_impossible_path_is_reported_once(string path)
    {
        var file = new HistoryFile(path);

        Assert.IsEmpty(file.Load(out _));
        Assert.IsNotNull(file.Add("one"));
        Assert.IsNull(file.Add("two"));
    }

    [TestMethod]
    public void A_full_disk_is_reported_once()
    {
        const string Full = "/dev/full"; // each write fails with "No space left on device"
        if (!File.Exists(Full))
        {
            Assert.Inconclusive($"This system has no {Full}.");
        }

        var file = new HistoryFile(Full);

        Assert.Contains("space", file.Add("one") ?? "");
        Assert.IsNull(file.Add("two"));
    }

    private static void Add(HistoryFile file, params string[] texts)
    {
        foreach (string text in texts)
        {
            Assert.IsNull(file.Add(text));
        }
    }

    private string[] Load()
    {
        string[] texts = [.. new HistoryFile(FilePath).Load(out string? problem)];
        Assert.IsNull(problem);
        return texts;
    }

    private void Write(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, content);
    }
}
