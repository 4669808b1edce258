using Microsoft.Data.Sqlite;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.History;

[TestClass]
[TestCategory(SlowTest.Category)]
public sealed class PrunerTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Each_channel_keeps_its_newest_messages_also_if_one_step_cannot_remove_all_others()
    {
        using var chat = new RecordedChat(_folder.File, messages: 100);
        chat.AdmitTo("coffee", "Bob").Sends("stays");
        ChatUser ana = chat.AdmitTo("tea", "Ana");
        ana.Sends([.. Enumerable.Range(0, 3_000).Select(i => $"m{i}")]);

        Eventually.True(() => _folder.Ask<long>("SELECT count(*) FROM message") == 101, "the oldest should be removed");
        Assert.AreSequenceEqual(["stays", .. Enumerable.Range(2_900, 100).Select(i => $"m{i}")], _folder.Texts());
        ana.Sends("/search m2899", "/search m2900");
        ana.Got("Nothing was found.", "2026-11-25 12:04 [Ana] m2900");
    }

    [TestMethod]
    public void A_limit_counts_the_messages_from_before_the_start()
    {
        using (var before = new RecordedChat(_folder.File))
        {
            before.AdmitTo("tea", "Ana").Sends([.. Enumerable.Range(0, 50).Select(i => $"m{i}")]);
        }

        using var chat = new RecordedChat(_folder.File, messages: 10);

        Eventually.True(() => _folder.Texts() is ["m40", ..], "the oldest should be removed");
    }

    [TestMethod]
    public void Messages_older_than_the_limit_of_days_are_removed()
    {
        using var chat = new RecordedChat(_folder.File, days: 2);
        ChatUser ana = chat.AdmitTo("tea", "Ana");
        ana.Sends("old", "/history");
        chat.Time.Advance(TimeSpan.FromHours(47));
        ana.Sends("new", "/history");
        Assert.AreSequenceEqual(["old", "new"], _folder.Texts());

        chat.Time.Advance(TimeSpan.FromHours(2));

        Eventually.True(() => _folder.Texts() is ["new"], "the old message should be removed");
        ana.Outbox.Take();
        ana.Sends("/search old");
        ana.Got("Nothing was found.");
    }

    [TestMethod]
    public void The_log_of_the_database_is_emptied_once_no_reader_is_left()
    {
        using var chat = new RecordedChat(_folder.File, messages: 1);
        ChatUser ana = chat.AdmitTo("tea", "Ana");
        ana.Sends("old", "/history");
        using (SqliteConnection reader = _folder.Open())
        {
            using SqliteTransaction transaction = reader.BeginTransaction(deferred: true);
            using SqliteCommand query = reader.CreateCommand();
            query.Transaction = transaction;
            query.CommandText = "SELECT count(*) FROM message";
            Assert.AreEqual(1L, query.ExecuteScalar());

            ana.Sends("new");
            Eventually.True(() => _folder.Texts() is ["new"], "the old message should be removed");
            Assert.AreNotEqual(0, LogLength(), "The old message is in it while a reader is active.");
        }

        Eventually.True(() => LogLength() == 0, "removed messages should leave the log too");
    }

    private long LogLength() => new FileInfo($"{_folder.File}-wal").Length;
}
