using System.Runtime.Versioning;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.History;

[TestClass]
public sealed class HistoryDatabaseTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_file_of_a_newer_version_is_rejected()
    {
        new RecordedChat(_folder.File).Dispose();
        _folder.Run("PRAGMA user_version = 3");

        MustReject("it has version 3, and this server reads versions up to 2.");
    }

    [TestMethod]
    [UnsupportedOSPlatform("windows")]
    public void A_file_that_is_not_a_database_is_rejected_and_not_changed()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead;
        string text = string.Concat(Enumerable.Repeat("a letter\n", 1_000));
        File.WriteAllText(_folder.File, text);
        File.SetUnixFileMode(_folder.File, Mode);

        MustReject("it is not a history of this server.");
        Assert.AreEqual(text, File.ReadAllText(_folder.File));
        Assert.AreEqual(Mode, File.GetUnixFileMode(_folder.File));
    }

    [TestMethod]
    [DataRow("CREATE TABLE other(x)")]
    [DataRow("PRAGMA user_version = 1")]
    [DataRow("PRAGMA application_id = 7")]
    public void The_database_of_another_program_is_rejected(string sql)
    {
        _folder.Run(sql);

        MustReject("it is not a history of this server.");
    }

    [TestMethod]
    public void A_broken_file_is_rejected()
    {
        using (var chat = new RecordedChat(_folder.File))
        {
            chat.AdmitTo("tea", "Ana").Sends([.. Enumerable.Range(0, 2_000).Select(i => $"message {i}")]);
        }

        using (FileStream file = File.OpenWrite(_folder.File))
        {
            file.Position = 4_096; // behind the first page, which says that it is a database
            file.Write(new byte[(int)file.Length - 4_096]);
        }

        MustReject("the file is broken.");
    }

    [TestMethod]
    public void A_truncated_file_is_rejected()
    {
        using (var chat = new RecordedChat(_folder.File))
        {
            chat.AdmitTo("tea", "Ana").Sends([.. Enumerable.Range(0, 2_000).Select(i => $"message {i}")]);
        }

        using (FileStream file = File.OpenWrite(_folder.File))
        {
            file.SetLength(4_096);
        }

        MustReject("the file is broken.");
    }

    [TestMethod]
    public void A_second_server_is_rejected()
    {
        using var first = new RecordedChat(_folder.File);

        MustReject("another server uses it.");
        first.AdmitTo("tea", "Ana").Sends("still written");
        first.End();
        Assert.AreSequenceEqual(["still written"], _folder.Texts());
    }

    [TestMethod]
    public void A_missing_folder_is_reported()
    {
        var fault = Assert.ThrowsExactly<HistoryException>(() => new ChatHistory(new HistorySettings($"{_folder.Path}/none/chat.db")));

        Assert.AreEqual($"Cannot open the history '{_folder.Path}/none/chat.db': its folder does not exist.", fault.Message);
    }

    [TestMethod]
    [DataRow("/proc/chat.db", DisplayName = "a folder without write permission")]
    [DataRow("/", DisplayName = "a folder in place of a file")]
    public void A_file_that_cannot_be_created_is_reported_in_one_line(string path)
    {
        Needs.Linux();
        var fault = Assert.ThrowsExactly<HistoryException>(() => new ChatHistory(new HistorySettings(path)));

        Assert.StartsWith($"Cannot open the history '{path}': ", fault.Message);
        Assert.DoesNotContain("\n", fault.Message);
    }

    private void MustReject(string reason)
    {
        var fault = Assert.ThrowsExactly<HistoryException>(() => new ChatHistory(new HistorySettings(_folder.File)));
        Assert.AreEqual($"Cannot open the history '{_folder.File}': {reason}", fault.Message);
    }
}
