using System.Text;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.History;

[TestClass]
[DoNotParallelize] // catches what is written on the console
public sealed class HistoryCommandLineTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Each_message_is_a_line_with_time_channel_and_name()
    {
        Fill();

        Assert.AreEqual(
            "2026-11-25 12:04:00 tea [Ana] one\n2026-11-25 12:04:30 café [Bob] Two \"é\"\n2026-11-25 13:04:30 tea [Ana] three\n", Print());
    }

    [TestMethod]
    [DataRow("one three", "--channel", "tea")]
    [DataRow("two", "--channel", "cafe\u0301", DisplayName = "a channel in another spelling")]
    [DataRow("", "--channel", "Tea")]
    [DataRow("two three", "--since", "2026-11-25 12:04:30")]
    [DataRow("three", "--since", "2026-11-25T13:00")]
    [DataRow("one two three", "--since", "2026-11-25")]
    [DataRow("", "--since", "2026-11-26")]
    [DataRow("one", "--until", "2026-11-25 12:04:30")]
    [DataRow("two", "--since", "2026-11-25 12:04:30", "--until", "2026-11-25 13:04")]
    [DataRow("two", "--grep", "TWO")]
    [DataRow("", "--grep", "four")]
    public void Options_select_the_messages_that_are_printed(string numbers, params string[] options)
    {
        Fill();

        string[] lines = Print(options).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.AreSequenceEqual(
            numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            lines.Select(line => line.Split("] ")[1].Split(' ')[0].ToLowerInvariant()));
    }

    [TestMethod]
    public void As_JSON_each_line_is_an_object()
    {
        Fill();
        _folder.Run("INSERT INTO message(id, channel, at, name, text, missing) VALUES(99, 1, 0, '', '', 12)");

        Assert.AreSequenceEqual(
            [
                """{"at":"2026-11-25T12:04:30.000Z","channel":"café","name":"Bob","text":"Two \"é\""}""",
            ],
            Print("--json", "--channel", "café").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("""{"at":"1970-01-01T00:00:00.000Z","channel":"tea","missing":12}""", Print("--json"));
        Assert.Contains("1970-01-01 00:00:00 tea 12 messages are missing here\n", Print());
    }

    [TestMethod]
    public void A_file_can_be_read_while_a_server_writes_to_it()
    {
        using var chat = new RecordedChat(_folder.File);
        chat.AdmitTo("tea", "Ana").Sends("one", "/history");

        Assert.AreEqual("2026-11-25 12:04:00 tea [Ana] one\n", Print());
    }

    [TestMethod]
    public void Control_characters_are_cleaned_also_in_a_file_of_another_server()
    {
        Fill();
        _folder.Run("UPDATE message SET text = 'a' || char(27) || '[2J', name = 'x' || char(10) || 'y' WHERE id = 1");

        Assert.StartsWith("2026-11-25 12:04:00 tea [x y] a [2J\n", Print());
    }

    [TestMethod]
    [DataRow("none.db", 1, "there is no such file, or it cannot be opened.")]
    [DataRow("letter.txt", 1, "it is not a history of this server.")]
    [DataRow("", 1, "it is a folder.", DisplayName = "a folder")]
    public void A_file_that_cannot_be_read_is_reported_in_one_line(string name, int code, string reason)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "letter.txt"), string.Concat(Enumerable.Repeat("a letter\n", 100)));
        string path = Path.Combine(_folder.Path, name);

        (int exitCode, _, string error) = Run(path);

        Assert.AreEqual(code, exitCode);
        Assert.AreEqual($"Cannot open the history '{path}': {reason}\n", error);
        Assert.IsFalse(File.Exists(Path.Combine(_folder.Path, "none.db")), "Nothing is made by reading.");
    }

    [TestMethod]
    public void A_file_of_a_newer_version_is_reported_in_one_line()
    {
        Fill();
        _folder.Run("PRAGMA user_version = 3");

        Assert.AreEqual(
            (1, "", $"Cannot open the history '{_folder.File}': it has version 3, and this server reads versions up to 2.\n"), Run(_folder.File));
    }

    [TestMethod]
    public void A_file_that_is_broken_in_the_middle_is_reported_in_one_line()
    {
        using (var chat = new RecordedChat(_folder.File))
        {
            chat.AdmitTo("tea", "Ana").Sends([.. Enumerable.Range(0, 20_000).Select(i => $"message {i}")]);
        }

        byte[] bytes = File.ReadAllBytes(_folder.File);
        int page = bytes.AsSpan().IndexOf("message 10000"u8) / 4_096 * 4_096;
        bytes.AsSpan(page, 4_096).Clear();
        File.WriteAllBytes(_folder.File, bytes);

        (int exitCode, _, string error) = Run(_folder.File);

        Assert.AreEqual((1, $"Cannot read the history '{_folder.File}': the file is broken.\n"), (exitCode, error));
    }

    [TestMethod]
    [DataRow("--since", "yesterday")]
    [DataRow("--until", "2026-13-01")]
    [DataRow("--since", "")]
    [DataRow("--nonsense")]
    [DataRow("--json=true")]
    public void Wrong_arguments_are_reported_in_one_line(params string[] options)
    {
        Fill();

        (int exitCode, string output, string error) = Run([_folder.File, .. options]);

        Assert.AreEqual(2, exitCode);
        Assert.AreEqual("", output);
        Assert.EndsWith("(--help shows all options)\n", error);
        Assert.AreEqual(1, error.Count(c => c == '\n'));
    }

    private void Fill()
    {
        using var chat = new RecordedChat(_folder.File);
        ChatUser ana = chat.AdmitTo("tea", "Ana");
        ana.Sends("one");
        chat.Time.Advance(TimeSpan.FromSeconds(30));
        chat.AdmitTo("café", "Bob").Sends("Two \"é\"");
        chat.Time.Advance(TimeSpan.FromHours(1));
        ana.Sends("three");
    }

    private string Print(params string[] options)
    {
        (int exitCode, string output, string error) = Run([_folder.File, .. options]);
        Assert.AreEqual("", error);
        Assert.AreEqual(0, exitCode);
        return output;
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] args)
    {
        using var output = new MemoryStream();
        (int exitCode, _, string error) = ConsoleCapture.Run(() => HistoryCommandLine.Run(args, output, TimeZoneInfo.Utc));
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), error);
    }
}
