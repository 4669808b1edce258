using Microsoft.Data.Sqlite;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.History;

/// <summary>A file whose contents are not what this server has written, though SQLite can read them.</summary>
[TestClass]
[TestCategory(SlowTest.Category)]
public sealed class ChangedFileTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("'two words'")]
    [DataRow("'two' || char(10) || 'lines'")]
    [DataRow("'red' || char(27) || '[31m'")]
    [DataRow("''")]
    [DataRow("char(8203)")]
    [DataRow("hex(zeroblob(200))")]
    public void A_channel_that_no_client_could_have_made_is_not_there_again(string name)
    {
        Fill();
        _folder.Run($"INSERT INTO channel(id, name, closed) VALUES(7, {name}, 0)");

        using var chat = new RecordedChat(_folder.File);
        ChatUser bob = chat.Admit("Bob");
        bob.Sends("/list", "/create coffee", "in a channel with a number of its own", "/history");

        bob.Got("tea", "2026-11-25 12:04 [Bob] in a channel with a number of its own");
    }

    [TestMethod]
    [DataRow("name = 'x' || char(10) || '[y'", "2026-11-25 12:04 [x [y] one")]
    [DataRow("text = 'a' || char(27) || char(133) || 'b'", "2026-11-25 12:04 [Ana] a b")]
    [DataRow("text = ''", "2026-11-25 12:04 [Ana] ?")]
    [DataRow("text = char(10)", "2026-11-25 12:04 [Ana] ?")]
    [DataRow("text = x'ff41'", "2026-11-25 12:04 [Ana] \ufffdA")]
    public void Texts_for_clients_are_cleaned(string change, string line)
    {
        Fill();
        _folder.Run($"UPDATE message SET {change}");

        using var chat = new RecordedChat(_folder.File);
        ChatUser bob = chat.AdmitTo("tea", "Bob");
        bob.Sends("/history");

        bob.Got(line);
    }

    [TestMethod]
    public void A_name_that_is_too_long_leaves_room_for_the_text()
    {
        Fill();
        _folder.Run("UPDATE message SET name = hex(zeroblob(300)), text = 'one two'");

        using var chat = new RecordedChat(_folder.File);
        ChatUser bob = chat.AdmitTo("tea", "Bob");
        bob.Sends("/history");

        bob.Got($"2026-11-25 12:04 [{new string('0', 64)}] one two");
    }

    [TestMethod]
    [DataRow("at = 'x'")]
    [DataRow("at = 9223372036854775807")]
    [DataRow("missing = 'x'")]
    [DataRow("missing = -5")]
    public void A_row_that_makes_no_sense_closes_no_connection(string change)
    {
        Fill();
        _folder.Run($"UPDATE message SET {change}");

        using var chat = new RecordedChat(_folder.File);
        ChatUser bob = chat.AdmitTo("tea", "Bob");
        bob.Sends("/history", "/list");

        string[] answers = bob.Outbox.Take();
        Assert.AreEqual("tea", answers[^1]);
        Assert.HasCount(2, answers);
    }

    [TestMethod]
    public void A_program_reads_nothing_while_its_output_waits_for_a_reader()
    {
        const int Count = 2_500;
        using (var chat = new RecordedChat(_folder.File))
        {
            chat.AdmitTo("tea", "Ana").Sends([.. Enumerable.Range(0, Count).Select(i => $"m{i}")]);
        }

        using SqliteConnection reading = HistoryDatabase.OpenForReading(_folder.File);
        using IEnumerator<StoredMessage> rows = HistoryQueries.Between(reading, long.MinValue, long.MaxValue).GetEnumerator();
        Assert.IsTrue(rows.MoveNext());

        using SqliteConnection writing = HistoryDatabase.OpenForWriting(_folder.File);
        HistoryDatabase.Run(writing, "UPDATE channel SET name = 'coffee'");
        Assert.AreEqual(0L, HistoryDatabase.Number(writing, "PRAGMA wal_checkpoint(TRUNCATE)"), "The log should begin again.");

        var texts = new List<string> { rows.Current.Text };
        while (rows.MoveNext())
        {
            texts.Add(rows.Current.Text);
        }

        Assert.AreSequenceEqual(Enumerable.Range(0, Count).Select(i => $"m{i}"), texts);
    }

    private void Fill()
    {
        using var chat = new RecordedChat(_folder.File);
        chat.AdmitTo("tea", "Ana").Sends("one");
    }
}
