using Microsoft.Data.Sqlite;
using SQLitePCL;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.History;

/// <summary>The list of the staged runs in memory: what a reader finds with it, and what it does not look at.</summary>
[TestClass]
[TestCategory(SlowTest.Category)]
public sealed class StagedRunListTests : IDisposable
{
    private const int Many = 1_000;

    private readonly HistoryFolder _folder = new();
    private readonly HistoryQueue _queue = new(int.MaxValue, TimeProvider.System);
    private readonly StagedRunList _list = new();
    private readonly ChannelRecord[] _noisy;
    private readonly ChannelRecord _quiet;
    private long _nextRow = 1;

    public StagedRunListTests()
    {
        _quiet = new ChannelRecord(1, "quiet", _queue);
        _noisy = [new ChannelRecord(2, "noisy", _queue), new ChannelRecord(3, "noisy too", _queue)];
        foreach (ChannelRecord channel in _noisy.Prepend(_quiet))
        {
            _queue.Change(channel, isClosed: false);
        }

        using (HistoryDatabase.Lock(_folder.File))
        {
            // It makes a missing file.
        }
    }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void The_newest_runs_of_a_channel_come_in_their_order()
    {
        _list.Replace([(1, 7), (2, 8), (3, 7)]);
        _list.Add([(4, 7), (5, 8)]);

        Assert.AreSequenceEqual([1L, 3, 4], _list.Newest(7, 10));
        Assert.AreSequenceEqual([3L, 4], _list.Newest(7, 2));
        Assert.AreSequenceEqual([2L, 5], _list.Newest(8, 2));
        Assert.AreSequenceEqual([], _list.Newest(9, 10));
        Assert.AreSequenceEqual([], _list.Newest(7, 0));
    }

    [TestMethod]
    [DataRow(0, "1 3 4")]
    [DataRow(1, "3 4")]
    [DataRow(2, "3 4", DisplayName = "a row that is not the first of a run")]
    [DataRow(3, "4")]
    [DataRow(4, "")]
    [DataRow(99, "")]
    public void Runs_up_to_a_row_are_removed(int last, string left)
    {
        _list.Replace([(1, 7), (2, 8), (3, 7), (4, 7)]);

        _list.Remove(7, last);

        Assert.AreEqual(left, string.Join(' ', _list.Newest(7, 10)));
        Assert.AreSequenceEqual([2L], _list.Newest(8, 10));
    }

    /// <summary>Steps of SQLite, not time: they are always the same.</summary>
    [TestMethod]
    [DataRow(0)]
    [DataRow(3)]
    public void A_reader_looks_at_no_staged_run_of_another_channel(int ofQuiet)
    {
        using HistoryStore store = OpenStore();
        _quiet.Append(Frame.Encode("[Ana] first"));
        store.Write(Next());
        for (int i = 0; i < Many; i++)
        {
            _noisy[i % 2].Append(Frame.Encode($"[Bob] {i}")); // a run for each
            if (i < ofQuiet)
            {
                _quiet.Append(Frame.Encode("[Ana] staged"));
            }
        }

        store.Write(Next());
        Assert.IsGreaterThan(Many / 2, _folder.Ask<long>("SELECT count(*) FROM staged"));

        using SqliteConnection reader = HistoryDatabase.OpenForReading(_folder.File);
        int steps = 0;
        raw.sqlite3_progress_handler(reader.Handle, 1, _ => steps++ < 0 ? 1 : 0, null);
        List<StoredMessage> found = HistoryQueries.Last(reader, _list, _quiet.Id, 20);
        raw.sqlite3_progress_handler(reader.Handle, 0, null, null);

        Assert.HasCount(1 + ofQuiet, found);
        Assert.IsGreaterThan(0, steps);
        Assert.IsLessThan(Many, steps, "Each run of another channel would take at least one.");
    }

    /// <summary>The one writes, gives rows and indexes, the other reads: each answer has all that was stored before it, without a hole.</summary>
    [TestMethod]
    public void A_reader_beside_the_thread_that_writes_misses_no_message()
    {
        const int Rounds = 60;
        int stored = 0;
        using HistoryStore store = OpenStore();
        using var isOver = new CancellationTokenSource();
        Task<int> reading = Task.Run(() =>
        {
            using SqliteConnection reader = HistoryDatabase.OpenForReading(_folder.File);
            int answers = 0;
            for (bool isLast = false; !isLast; answers++)
            {
                isLast = isOver.IsCancellationRequested;
                int before = Volatile.Read(ref stored);
                int[] found = [.. HistoryQueries.Last(reader, _list, _quiet.Id, 200).Select(row => int.Parse(row.Text, System.Globalization.CultureInfo.InvariantCulture))];
                int last = found.Length == 0 ? 0 : found[^1];
                Assert.IsGreaterThanOrEqualTo(before, last);
                Assert.AreSequenceEqual(Enumerable.Range(last - found.Length + 1, found.Length), found);
                Assert.HasCount(Math.Min(last, 200), found);
            }

            return answers;
        });

        try
        {
            for (int round = 0, said = 0; round < Rounds; round++)
            {
                for (int i = 0; i < 300; i++)
                {
                    _quiet.Append(Frame.Encode($"[Ana] {++said}"));
                    _noisy[i % 2].Append(Frame.Encode("[Bob] noise"));
                }

                store.Write(Next());
                Volatile.Write(ref stored, said);
                if (round % 3 == 2)
                {
                    store.Index(isBusy: false);
                }
            }
        }
        finally
        {
            isOver.Cancel();
        }

        Assert.IsGreaterThan(0, reading.GetAwaiter().GetResult());
    }

    [TestMethod]
    public void A_store_that_is_opened_fills_the_list_from_the_file()
    {
        using (HistoryStore store = OpenStore())
        {
            WriteNoise(store);
            _folder.Run("CREATE TABLE kept AS SELECT * FROM staged");
        }

        _folder.Run("INSERT INTO staged SELECT * FROM kept; DELETE FROM message; DROP TABLE kept"); // as a kill would have left it
        _list.Replace([]);

        using HistoryStore next = OpenStore();

        using SqliteConnection reader = HistoryDatabase.OpenForReading(_folder.File);
        Assert.HasCount(200, HistoryQueries.Last(reader, _list, _noisy[0].Id, 200));
    }

    [TestMethod]
    public void A_run_that_could_not_be_written_is_not_in_the_list()
    {
        using HistoryStore store = OpenStore();
        _folder.Run($"CREATE TRIGGER full BEFORE INSERT ON staged WHEN new.first > {Many / 2} BEGIN SELECT RAISE(ABORT, 'as a full disk'); END");

        Assert.ThrowsExactly<SqliteException>(() => WriteNoise(store));

        Assert.IsEmpty(_list.Newest(_noisy[0].Id, 1));
    }

    /// <summary>The rows that it would have got are rolled back: they are still staged.</summary>
    [TestMethod]
    public void A_run_whose_rows_could_not_be_written_is_still_found()
    {
        using HistoryStore store = OpenStore();
        WriteNoise(store);
        _folder.Run("CREATE TRIGGER full BEFORE INSERT ON message BEGIN SELECT RAISE(ABORT, 'as a full disk'); END");
        Assert.ThrowsExactly<SqliteException>(() => store.Index(isBusy: false));

        using SqliteConnection reader = HistoryDatabase.OpenForReading(_folder.File);
        Assert.HasCount(200, HistoryQueries.Last(reader, _list, _noisy[0].Id, 200));
    }

    [TestMethod]
    public void Runs_that_have_their_rows_are_no_longer_in_the_list()
    {
        using HistoryStore store = OpenStore();
        WriteNoise(store);
        Assert.IsNotEmpty(_list.Newest(_noisy[0].Id, 1));

        while (store.Index(isBusy: false))
        {
            // It takes several steps.
        }

        Assert.IsEmpty(_list.Newest(_noisy[0].Id, 1));
        Assert.IsEmpty(_list.Newest(_noisy[1].Id, 1));
    }

    private HistoryStore OpenStore() => new(new HistorySettings(_folder.File), _list);

    private void WriteNoise(HistoryStore store)
    {
        for (int i = 0; i < Many; i++)
        {
            _noisy[i % 2].Append(Frame.Encode($"[Bob] {i}"));
        }

        store.Write(Next());
    }

    private HistoryBatch Next()
    {
        HistoryBatch batch = _queue.Take(TimeSpan.Zero, TimeSpan.Zero);
        batch.FirstRow = _nextRow;
        _nextRow += batch.Rows;
        return batch;
    }
}
