using Microsoft.Data.Sqlite;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.History;

/// <summary>Messages that come while the server is busy are staged. They get their rows later, and nobody sees the difference.</summary>
[TestClass]
[TestCategory(SlowTest.Category)]
public sealed class StagedRunsTests : IDisposable
{
    private const string Rows = "SELECT count(*) FROM message";
    private const string Staged = "SELECT count(*) FROM staged";
    private const int Many = 1_000;

    private readonly HistoryFolder _folder = new();
    private readonly HistoryQueue _queue = new(int.MaxValue, TimeProvider.System);
    private readonly StagedRunList _staged = new();
    private readonly ChannelRecord _tea;
    private readonly ChannelRecord _coffee;
    private long _nextRow = 1;

    public StagedRunsTests()
    {
        _tea = new ChannelRecord(1, "tea", _queue);
        _coffee = new ChannelRecord(2, "coffee", _queue);
        _queue.Change(_tea, isClosed: false);
        _queue.Change(_coffee, isClosed: false);
        using (HistoryDatabase.Lock(_folder.File))
        {
            // It makes a missing file.
        }
    }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_large_batch_gets_no_rows_at_first_and_all_of_them_later()
    {
        using HistoryStore store = OpenStore();
        store.Write(Batch(_tea, "few", 10));
        store.Write(Batch(_tea, "many", Many));
        store.Write(Batch(_coffee, "after", 10));
        Assert.AreEqual(10L, _folder.Ask<long>(Rows));
        Assert.IsGreaterThan(0L, _folder.Ask<long>(Staged));

        while (store.Index(isBusy: false))
        {
            // It takes several steps.
        }

        Assert.AreEqual(0L, _folder.Ask<long>(Staged));
        Assert.AreEqual(Many + 20L, _folder.Ask<long>(Rows));
        Assert.AreEqual(Many + 20L, _folder.Ask<long>("SELECT max(id) FROM message"));
        Assert.AreEqual(Many + 20L, _folder.Ask<long>("SELECT count(*) FROM message_text"));
        store.Write(Batch(_tea, "quiet again", 1));
        Assert.AreEqual(0L, _folder.Ask<long>(Staged));
        Assert.AreSequenceEqual([.. Texts("few", 10), .. Texts("many", Many), .. Texts("after", 10), .. Texts("quiet again", 1)], _folder.Texts());
    }

    /// <summary>With a row for each of the first messages, with rows for all, and at each step between.</summary>
    [TestMethod]
    public void Readers_see_all_messages_in_order_whatever_has_its_row()
    {
        using HistoryStore store = OpenStore();
        store.Write(Batch(_tea, "few", 10));
        store.Write(Batch(_coffee, "other", 3 * HistoryStore.IndexStep));
        store.Write(Batch(_tea, "many", 5));
        _tea.Append(new ReadOnlyMemory<byte>(Frame.Encode("[Bob] last")));
        store.Write(Next());
        string[] ofTea = [.. Texts("few", 10), .. Texts("many", 5), "last"];
        string[] all = [.. Texts("few", 10), .. Texts("other", 3 * HistoryStore.IndexStep), .. Texts("many", 5), "last"];
        int steps = 0;
        bool isMore;
        do
        {
            using (SqliteConnection reader = HistoryDatabase.OpenForReading(_folder.File))
            {
                Assert.AreSequenceEqual(ofTea, HistoryQueries.Last(reader, _staged, _tea.Id, 200).Select(row => row.Text), $"step {steps}");
                Assert.AreSequenceEqual(ofTea[^3..], HistoryQueries.Last(reader, _staged, _tea.Id, 3).Select(row => row.Text), $"step {steps}");
                Assert.AreEqual(("tea", "Bob"), HistoryQueries.Last(reader, _staged, _tea.Id, 1).Select(row => (row.Channel, row.Name)).Single(), $"step {steps}");
            }

            Assert.AreSequenceEqual(all, _folder.Texts(), $"step {steps}");
            steps++;
            isMore = store.Index(isBusy: false);
        }
        while (isMore);
        Assert.IsGreaterThan(2, steps);
    }

    [TestMethod]
    public void A_gap_stays_where_it_was()
    {
        var queue = new HistoryQueue(maxBytes: Many * Frame.Size, TimeProvider.System);
        var tea = new ChannelRecord(1, "tea", queue);
        queue.Change(tea, isClosed: false);
        using HistoryStore store = OpenStore();
        for (int i = 0; i < Many; i++)
        {
            tea.Append(new ReadOnlyMemory<byte>(Frame.Encode("[Ana] before")));
        }

        HistoryBatch batch = queue.Take(TimeSpan.Zero, TimeSpan.Zero);
        Assert.IsGreaterThan(0, batch.Missing, "There is no room for all.");
        batch.FirstRow = 1;
        store.Write(batch);
        string[] before = Gaps();

        store.Index(isBusy: false);

        Assert.AreEqual(0L, _folder.Ask<long>(Staged));
        Assert.AreSequenceEqual(before, Gaps());
        Assert.AreEqual($"{batch.Missing} messages are missing here", before[^1]);
    }

    [TestMethod]
    public void A_batch_that_is_tried_again_is_stored_once_also_if_a_part_of_it_has_its_rows()
    {
        HistoryBatch batch = Batch(_tea, "many", (2 * HistoryStore.IndexStep) + 7);
        using (HistoryStore store = OpenStore())
        {
            store.Write(batch);
            store.Write(batch);
            store.Index(isBusy: false);
            store.Write(batch);
            Assert.AreSequenceEqual(Texts("many", (2 * HistoryStore.IndexStep) + 7), _folder.Texts());
        }

        using (HistoryStore store = OpenStore())
        {
            store.Write(batch);
        }

        Assert.AreSequenceEqual(Texts("many", (2 * HistoryStore.IndexStep) + 7), _folder.Texts());
    }

    [TestMethod]
    public void The_end_of_the_server_leaves_nothing_staged()
    {
        using (HistoryStore store = OpenStore())
        {
            store.Write(Batch(_tea, "many", Many));
        }

        Assert.AreEqual(0L, _folder.Ask<long>(Staged));
        Assert.AreEqual((long)Many, _folder.Ask<long>(Rows));
    }

    [TestMethod]
    public void What_a_killed_server_has_staged_is_there_after_the_next_start()
    {
        using (HistoryStore store = OpenStore())
        {
            store.Write(Batch(_tea, "many", Many));
            _folder.Run("CREATE TABLE kept AS SELECT * FROM staged");
        }

        // As a kill would have left it.
        _folder.Run("INSERT INTO staged SELECT * FROM kept; DELETE FROM message; DROP TABLE kept");
        using var chat = new RecordedChat(_folder.File);
        ChatUser bob = chat.AdmitTo("tea", "Bob");
        bob.Sends("new", "/history 2", $"/search {Many - 2}");

        string[] lines = [.. bob.Outbox.Take().Select(line => line[line.IndexOf('[', StringComparison.Ordinal)..])];
        Assert.AreSequenceEqual([$"[Ana] many {Many - 1}", "[Bob] new", $"[Ana] many {Many - 2}"], lines);
    }

    [TestMethod]
    public void A_file_with_a_limit_for_its_size_takes_no_message_twice()
    {
        using HistoryStore store = OpenStore(bytes: 1 << 20);

        store.Write(Batch(_tea, "many", Many));

        Assert.AreEqual(0L, _folder.Ask<long>(Staged));
        Assert.AreEqual((long)Many, _folder.Ask<long>(Rows));
    }

    [TestMethod]
    public void A_file_of_the_first_version_is_read_and_continued()
    {
        using (HistoryStore store = OpenStore())
        {
            store.Write(Batch(_tea, "old", 3));
        }

        _folder.Run("DROP TABLE staged; PRAGMA user_version = 1");
        Assert.AreSequenceEqual(Texts("old", 3), _folder.Texts());
        using (HistoryStore store = OpenStore())
        {
            store.Write(Batch(_tea, "new", Many));
        }

        Assert.AreSequenceEqual([.. Texts("old", 3), .. Texts("new", Many)], _folder.Texts());
        Assert.AreEqual(2L, _folder.Ask<long>("PRAGMA user_version"));
    }

    [TestMethod]
    [DataRow("packed = x'FF4142'")]
    [DataRow("packed = x''")]
    [DataRow("packed = 'text'")]
    [DataRow("packed = x'00000000'")]
    [DataRow("missing = 'x'")]
    [DataRow("missing = 9223372036854775807")]
    [DataRow("missing = -1")]
    [DataRow("at = 'x'")]
    [DataRow("channel = 'x'")]
    [DataRow("channel = 99")]
    public void A_staged_run_that_makes_no_sense_stops_nothing(string change)
    {
        using HistoryStore store = OpenStore();
        store.Write(Batch(_tea, "many", Many));
        _folder.Run($"UPDATE staged SET {change} WHERE first = (SELECT min(first) FROM staged)");
        using (SqliteConnection reader = HistoryDatabase.OpenForReading(_folder.File))
        {
            HistoryQueries.Last(reader, _staged, _tea.Id, 200);
        }

        _folder.Texts();
        for (int step = 0; store.Index(isBusy: false); step++)
        {
            Assert.IsLessThan(10, step, "The index should be complete.");
        }

        store.Write(Batch(_tea, "next", 1));
        store.Index(isBusy: false);

        Assert.AreEqual(0L, _folder.Ask<long>(Staged));
        Assert.AreEqual("next 0", _folder.Texts()[^1]);
    }

    /// <summary>The log of SQLite, free pages and the table of the staged messages: none keeps a text that is to be gone.</summary>
    [TestMethod]
    public void A_staged_message_that_is_removed_is_nowhere_in_the_files()
    {
        const string Secret = "xylophone-4711";
        using (HistoryStore store = OpenStore(messages: 5))
        {
            store.Write(Batch(_tea, Secret, Many));
            store.Write(Batch(_tea, "last", 5));
            while (store.Index(isBusy: false) || store.Prune(now: 0))
            {
                // Until nothing is left to do.
            }

            Assert.AreSequenceEqual(Texts("last", 5), _folder.Texts());
        }

        foreach (string file in Directory.GetFiles(_folder.Path))
        {
            Assert.AreEqual(-1, File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Secret)), file);
        }
    }

    [TestMethod]
    public void A_server_that_is_too_busy_lets_new_messages_wait()
    {
        using HistoryStore store = OpenStore();
        store.Write(Batch(_tea, "many", (2 * HistoryStore.MaxUnindexed) + HistoryStore.IndexStep + 1));

        store.Index(isBusy: true);

        Assert.IsLessThanOrEqualTo(2L * HistoryStore.MaxUnindexed, (2 * HistoryStore.MaxUnindexed) + HistoryStore.IndexStep + 1 - _folder.Ask<long>("SELECT max(rowid) FROM message_text"));
    }

    [TestMethod]
    public void A_store_that_has_failed_does_not_give_rows_at_its_end()
    {
        using (HistoryStore store = OpenStore())
        {
            store.Write(Batch(_tea, "many", Many));
            _folder.Run("CREATE TRIGGER full BEFORE INSERT ON channel BEGIN SELECT RAISE(ABORT, 'as a full disk'); END");
            _queue.Change(new ChannelRecord(3, "milk", _queue), isClosed: false);
            Assert.ThrowsExactly<SqliteException>(() => store.Write(Next()));
        }

        Assert.AreEqual(0L, _folder.Ask<long>(Rows), "A disk that fails is not used more than is needed.");
        Assert.AreSequenceEqual(Texts("many", Many), _folder.Texts());
    }

    [TestMethod]
    public void A_removed_channel_keeps_its_name_while_its_messages_are_staged()
    {
        using HistoryStore store = OpenStore(messages: 5);
        store.Write(Batch(_coffee, "few", 7));
        store.Index(isBusy: false);
        _tea.Append(new ReadOnlyMemory<byte>([.. Enumerable.Range(0, Many).SelectMany(i => Frame.Encode($"[Ana] many {i}"))]));
        _tea.Close();
        store.Write(Next());

        store.Prune(now: 0);

        using SqliteConnection reader = HistoryDatabase.OpenForReading(_folder.File);
        Assert.AreSequenceEqual([("tea", $"many {Many - 1}")], HistoryQueries.Last(reader, _staged, _tea.Id, 1).Select(row => (row.Channel, row.Text)));
    }

    private static IEnumerable<string> Texts(string text, int count) => Enumerable.Range(0, count).Select(i => $"{text} {i}");

    private string[] Gaps()
    {
        using SqliteConnection reader = HistoryDatabase.OpenForReading(_folder.File);
        return [.. HistoryQueries.Last(reader, _staged, _tea.Id, 200).Select(row => row.Missing > 0 ? row.GapText : row.Text)];
    }

    private HistoryStore OpenStore(int? messages = null, long? bytes = null) => new(new HistorySettings(_folder.File, Messages: messages, Bytes: bytes), _staged);

    private HistoryBatch Batch(ChannelRecord channel, string text, int count)
    {
        foreach (string line in Texts(text, count))
        {
            channel.Append(new ReadOnlyMemory<byte>(Frame.Encode($"[Ana] {line}")));
        }

        return Next();
    }

    private HistoryBatch Next()
    {
        HistoryBatch batch = _queue.Take(TimeSpan.Zero, TimeSpan.Zero);
        batch.FirstRow = _nextRow;
        _nextRow += batch.Rows;
        return batch;
    }
}
