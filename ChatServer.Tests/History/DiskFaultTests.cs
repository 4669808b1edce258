using Microsoft.Data.Sqlite;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.History;

/// <summary>With any fault of the disk the chat continues, no message is stored twice, and a gap is recorded.</summary>
[TestClass]
[TestCategory(SlowTest.Category)]
public sealed class DiskFaultTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // What the library of the database throws, besides errors of SQLite.
    private static IEnumerable<(Exception Fault, string Reason)> Faults =>
    [
        (FaultyStore.DiskIsFull, "the disk is full"),
        (new SqliteException("disk I/O error", 10), "the disk fails"),
        (new SqliteException("database is locked", 5), "another program writes to it"),
        (new SqliteException("attempt to write a readonly database", 8), "the file or its folder cannot be written"),
        (new SqliteException("database disk image is malformed", 11), "the file is broken"),
        (new SqliteException("unable to open database file", 14), "there is no such file, or it cannot be opened"),
        (new SqliteException("out of memory", 7), "SQLite reports error 7"),
        (new HistoryException("it was replaced"), "it was replaced"),
        (new IOException("the disk is gone"), "the disk is gone"),
        (new InvalidOperationException("the connection is closed"), "the connection is closed"),
        (new InsufficientMemoryException("no memory"), "no memory"),
    ];

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void A_batch_that_could_not_be_written_is_written_later_and_nothing_is_missing(Exception fault, string reason)
    {
        int failures = 2;
        using var chat = new RecordedChat(_folder.File, openStore: (settings, staged) => new FaultyStore(new HistoryStore(settings, staged), batch =>
        {
            if (batch.Entries.Count > 0 && Interlocked.Decrement(ref failures) >= 0)
            {
                throw fault;
            }
        }));
        ChatUser ana = chat.AdmitTo("tea", "Ana");
        ChatUser bob = chat.AdmitTo("tea", "Bob");
        ana.Sends("one", "two");
        bob.Got("[Ana] one", "[Ana] two");
        Eventually.True(() => Volatile.Read(ref failures) < 0, "the batch should be tried again");

        bob.Sends("/history");

        bob.Got("2026-11-25 12:04 [Ana] one", "2026-11-25 12:04 [Ana] two");
        string[] lines = chat.Log.Take();
        Assert.AreEqual($"Cannot write the history: {reason}. The server tries again", lines[0]);
        Assert.AreEqual("The history is written again", lines[^1]);
    }

    [TestMethod]
    public void A_batch_that_was_written_although_the_disk_reported_an_error_is_stored_once()
    {
        int failures = 2;
        using (var chat = new RecordedChat(_folder.File, openStore: (settings, staged) => new FaultyStore(new HistoryStore(settings, staged), _ => { }, batch =>
        {
            if (batch.Entries.Count > 0 && Interlocked.Decrement(ref failures) >= 0)
            {
                throw FaultyStore.DiskIsFull;
            }
        })))
        {
            ChatUser ana = chat.AdmitTo("tea", "Ana");
            ana.Sends("one", "two");
            Eventually.True(() => Volatile.Read(ref failures) < 0, "the batch should be tried again");
            ana.Sends("three", "/search one");
            ana.Got("2026-11-25 12:04 [Ana] one");
        }

        Assert.AreSequenceEqual(["one", "two", "three"], _folder.Texts());
    }

    /// <summary>More messages arrive than fit while the disk hangs: those that fit are kept, and the gap is in the right place.</summary>
    [TestMethod]
    public void While_the_disk_hangs_the_chat_continues_and_the_history_has_a_gap()
    {
        using var goesOn = new ManualResetEventSlim();
        using var stands = new ManualResetEventSlim();
        using var chat = new RecordedChat(_folder.File, maxQueuedBytes: 20 * 200, openStore: (settings, staged) =>
            new FaultyStore(new HistoryStore(settings, staged), batch =>
            {
                if (batch.Entries.Count > 0)
                {
                    stands.Set();
                    goesOn.Wait();
                }
            }));
        ChatUser ana = chat.AdmitTo("tea", "Ana");
        ChatUser bob = chat.AdmitTo("tea", "Bob");
        ana.Outbox.Take();
        ana.Sends("first");
        Assert.IsTrue(stands.Wait(Limit.Wait));

        for (int i = 0; i < 22; i++)
        {
            ana.Sends($"m{i}"); // 10 of them have room: that is the half for all
        }

        bob.Got(["[Ana] first", .. Enumerable.Range(0, 22).Select(i => $"[Ana] m{i}")]);
        Eventually.True(
            () => chat.Log.Take().Any(line => line.StartsWith("A write to the history has taken ", StringComparison.Ordinal)), "it should be told");
        goesOn.Set();
        Eventually.True(
            () => chat.Log.Take().Contains("The queue to the disk was full: 12 messages are not in the history"), "the gap should be told");
        ana.Sends("last");
        ana.Outbox.Take();
        bob.Sends("/history 200");

        bob.Got(
        [
            "[Ana] last",
            "2026-11-25 12:04 [Ana] first",
            .. Enumerable.Range(0, 10).Select(i => $"2026-11-25 12:04 [Ana] m{i}"),
            "2026-11-25 12:04 12 messages are missing here",
            "2026-11-25 12:04 [Ana] last",
        ]);
    }

    [TestMethod]
    public void The_end_waits_for_a_hanging_disk_no_longer_than_its_limit()
    {
        using var goesOn = new ManualResetEventSlim();
        using var stands = new ManualResetEventSlim();
        using (var chat = new RecordedChat(_folder.File, openStore: (settings, staged) => new FaultyStore(new HistoryStore(settings, staged), batch =>
        {
            if (batch.Entries.Count > 0)
            {
                stands.Set();
                goesOn.Wait();
            }
        })))
        {
            ChatUser ana = chat.AdmitTo("tea", "Ana");
            ana.Sends("one", "two");
            Assert.IsTrue(stands.Wait(Limit.Wait));

            chat.End(TimeSpan.FromMilliseconds(100));

            Assert.Contains("The last 2 messages are not in the history: the disk does not answer", chat.Log.Take());
            goesOn.Set();
            Eventually.True(() => _folder.Texts().Length == 2, "the thread should end when the disk answers");
        }
    }

    [TestMethod]
    public void A_disk_that_stays_full_loses_the_last_messages_and_the_log_says_so()
    {
        using var chat = new RecordedChat(_folder.File, openStore: (settings, staged) => new FaultyStore(new HistoryStore(settings, staged), batch =>
        {
            if (batch.Entries.Count > 0)
            {
                throw FaultyStore.DiskIsFull;
            }
        }));
        ChatUser ana = chat.AdmitTo("tea", "Ana");
        ana.Sends("one", "/history");
        ana.Got("Nothing was said here yet.");

        chat.End();

        Assert.Contains("The last 1 messages are not in the history: the disk is full", chat.Log.Take());
    }

    [TestMethod]
    public void A_file_that_is_deleted_does_not_affect_the_chat()
    {
        using var chat = new RecordedChat(_folder.File);
        ChatUser ana = chat.AdmitTo("tea", "Ana");
        ChatUser bob = chat.AdmitTo("tea", "Bob");
        ana.Sends("one", "/history");
        foreach (string file in Directory.GetFiles(_folder.Path))
        {
            File.Delete(file);
        }

        ana.Sends("two", "/history");

        bob.Got("[Ana] one", "[Ana] two");
    }
}
