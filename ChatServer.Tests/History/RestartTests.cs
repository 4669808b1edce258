using System.Runtime.Versioning;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.History;

[TestClass]
[TestCategory(SlowTest.Category)]
public sealed class RestartTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Channels_and_messages_are_restored_also_for_a_channel_without_messages()
    {
        using (var before = new RecordedChat(_folder.File))
        {
            before.AdmitTo("tea", "Ana").Sends("one", "two");
            before.AdmitTo("café", "Bob");
        }

        using var chat = new RecordedChat(_folder.File);
        ChatUser carol = chat.Admit("Carol");
        carol.Sends("/list", "/create tea", "/join cafe\u0301", "/history", "/join tea", "three", "/history");

        carol.Got(
            "café\ntea",
            "Room tea already exists, so cannot be created.",
            "Nothing was said here yet.",
            "2026-11-25 12:04 [Ana] one",
            "2026-11-25 12:04 [Ana] two",
            "2026-11-25 12:04 [Carol] three");
    }

    [TestMethod]
    public void A_removed_channel_is_not_restored_and_a_new_one_with_its_name_begins_empty()
    {
        using (var before = new RecordedChat(_folder.File))
        {
            ChatUser ana = before.AdmitTo("tea", "Ana");
            ana.Sends("old", "/leave");
            before.Channels.RemoveEmpty(now: 1, limit: 0);
            ana.Sends("/create tea", "/history", "new", "/leave");
            ana.Got("Nothing was said here yet.");
            before.AdmitTo("coffee", "Bob").Leaves();
            before.Channels.RemoveEmpty(now: 1, limit: 0);
        }

        using var chat = new RecordedChat(_folder.File);
        ChatUser carol = chat.Admit("Carol");
        carol.Sends("/list", "/history");

        carol.Got("Not currently in any channel.");
        Assert.AreSequenceEqual(["old", "new"], _folder.Texts());
    }

    [TestMethod]
    public void Many_restarts_write_no_row_twice()
    {
        for (int life = 0; life < 5; life++)
        {
            using var chat = new RecordedChat(_folder.File);
            chat.AdmitTo("tea", "Ana").Sends($"life {life}", "again");
        }

        Assert.AreSequenceEqual(Enumerable.Range(0, 5).SelectMany(life => new[] { $"life {life}", "again" }), _folder.Texts());
        Assert.AreEqual(1L, _folder.Ask<long>("SELECT count(*) FROM channel"));
    }

    [TestMethod]
    [UnsupportedOSPlatform("windows")]
    public void Only_the_owner_can_read_the_file_and_the_files_beside_it()
    {
        File.WriteAllBytes(_folder.File, []);
        File.SetUnixFileMode(_folder.File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        using var chat = new RecordedChat(_folder.File);
        chat.AdmitTo("tea", "Ana").Sends("one", "/history");

        string[] files = Directory.GetFiles(_folder.Path);
        Assert.IsGreaterThan(1, files.Length);
        foreach (string file in files)
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file), file);
        }
    }
}
