using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.History;

/// <summary>Messages are written at once, and indexed when there is time.</summary>
[TestClass]
[TestCategory(SlowTest.Category)]
public sealed class SearchIndexTests : IDisposable
{
    private const string Indexed = "SELECT count(*) FROM message_text";

    private readonly HistoryFolder _folder = new();
    private readonly HistoryQueue _queue = new(int.MaxValue, TimeProvider.System);
    private readonly ChannelRecord _tea;

    public SearchIndexTests() => _tea = new ChannelRecord(1, "tea", _queue);

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_search_finds_the_last_message_of_a_burst()
    {
        using var chat = new RecordedChat(_folder.File);
        ChatUser ana = chat.AdmitTo("tea", "Ana");
        ana.Sends([.. Enumerable.Range(0, 3_000).Select(i => $"m{i}")]);

        ana.Sends("/search m2999");

        ana.Got("2026-11-25 12:04 [Ana] m2999");
    }

    [TestMethod]
    public void A_burst_is_indexed_afterwards_without_a_search()
    {
        using var chat = new RecordedChat(_folder.File);
        chat.AdmitTo("tea", "Ana").Sends([.. Enumerable.Range(0, 3_000).Select(i => $"m{i}")]);

        Eventually.True(() => _folder.Ask<long>(Indexed) == 3_000, "all messages should be indexed");
    }

    [TestMethod]
    public void What_a_killed_server_has_not_indexed_is_found_after_the_next_start()
    {
        using (HistoryStore store = OpenStore())
        {
            _queue.Change(_tea, isClosed: false);
            Write(store, "[Ana] one", "[Ana] two");
        }

        Assert.AreEqual(0, _folder.Ask<long>(Indexed));
        using var chat = new RecordedChat(_folder.File);
        ChatUser bob = chat.AdmitTo("tea", "Bob");

        bob.Sends("/search two");

        Assert.Contains("[Ana] two", string.Join('\n', bob.Outbox.Take()));
    }

    [TestMethod]
    public void A_busy_server_indexes_nothing_until_too_many_messages_wait()
    {
        using HistoryStore store = OpenStore();
        Write(store, [.. Enumerable.Repeat("[Ana] x", HistoryStore.MaxUnindexed)]);
        Assert.IsTrue(store.Index(isBusy: true), "some are left");
        Assert.AreEqual(0, _folder.Ask<long>(Indexed));
        Write(store, "[Ana] one too many");

        Assert.IsTrue(store.Index(isBusy: true), "some are left");

        Assert.AreEqual(HistoryStore.IndexStep, _folder.Ask<long>(Indexed), "one step, so that new messages do not wait for long");
    }

    [TestMethod]
    public void A_message_is_removed_only_once_it_is_indexed()
    {
        using HistoryStore store = OpenStore(messages: 1);
        Write(store, "[Ana] one", "[Ana] two");
        store.Prune(now: 0);
        Assert.AreSequenceEqual(["one", "two"], _folder.Texts());
        store.Index(isBusy: false);

        store.Prune(now: 0);

        Assert.AreSequenceEqual(["two"], _folder.Texts());
        Assert.AreEqual(1, _folder.Ask<long>(Indexed));
        _folder.Run("INSERT INTO message_text(message_text) VALUES('integrity-check')");
    }

    [TestMethod]
    public void Each_message_is_stored_also_if_it_has_no_name_no_text_or_bytes_that_are_no_text()
    {
        using HistoryStore store = OpenStore();
        byte[] bad = Frame.Encode("[Ana] a-b");
        bad["[Ana] a".Length] = 0xFF;
        _tea.Append(Frame.Encode("no name"));
        _tea.Append(Frame.Encode("[Ana] "));
        _tea.Append(bad);

        HistoryBatch batch = _queue.Take(TimeSpan.Zero, TimeSpan.Zero);
        batch.FirstRow = 1;
        store.Write(batch);

        string[] texts = _folder.Texts();
        Assert.HasCount(3, texts);
        Assert.AreEqual("no name", texts[0]);
        Assert.AreEqual("a\uFFFDb", texts[2]);
    }

    private HistoryStore OpenStore(int? messages = null)
    {
        using (HistoryDatabase.Lock(_folder.File))
        {
            // It makes a missing file.
        }

        return new HistoryStore(new HistorySettings(_folder.File, Days: null, messages), new StagedRunList());
    }

    private void Write(HistoryStore store, params string[] messages)
    {
        _tea.Append(messages.SelectMany(Frame.Encode).ToArray());
        HistoryBatch batch = _queue.Take(TimeSpan.Zero, TimeSpan.Zero);
        batch.FirstRow = _folder.Texts().Length + 1;
        store.Write(batch);
    }
}
