using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.History;

/// <summary>The limit for the whole file.</summary>
[TestClass]
[TestCategory(SlowTest.Category)]
public sealed class HistorySizeTests : IDisposable
{
    private const long Most = 300 * 1024;

    private const string IntegrityCheck = "INSERT INTO message_text(message_text) VALUES('integrity-check')";

    private readonly HistoryFolder _folder = new();
    private long _nextRow = 1;

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void The_oldest_messages_of_all_channels_are_removed_and_the_file_does_not_grow_further()
    {
        var said = new List<string>();
        using var chat = new RecordedChat(_folder.File, bytes: Most);
        ChatUser[] people = [chat.AdmitTo("tea", "Ana"), chat.AdmitTo("coffee", "Bob"), chat.AdmitTo("milk", "Carol")];
        for (int round = 0; round < 12; round++)
        {
            string[] texts = Texts(said.Count, 500);
            people[round % people.Length].Sends(texts);
            said.AddRange(texts);
            Eventually.True(() => _folder.Texts().LastOrDefault() == said[^1] && Used() <= Most, "the oldest should be removed");
        }

        string[] left = _folder.Texts();
        Assert.AreSequenceEqual(said[^left.Length..], left);
        Assert.IsInRange(700, 3_000, left.Length, "As many as there is room for.");
        Assert.IsLessThan(2 * Most, Length(), "All that was said takes more.");
        people[2].Outbox.Take();
        people[2].Sends($"/search {said[0].Split(' ')[0]}", $"/search {said[^1].Split(' ')[0]}");
        people[2].Got("Nothing was found.", $"2026-11-25 12:04 [Carol] {said[^1]}");
        _folder.Run(IntegrityCheck);
    }

    [TestMethod]
    public void With_a_limit_smaller_than_one_message_no_message_stays_and_the_chat_continues()
    {
        using (var chat = new RecordedChat(_folder.File, bytes: 1))
        {
            ChatUser ana = chat.AdmitTo("tea", "Ana");
            ChatUser bob = chat.AdmitTo("tea", "Bob");
            ana.Outbox.Take();
            ana.Sends("one", "two");
            Eventually.True(() => chat.History.Figures.Written == 2 && _folder.Texts().Length == 0, "both should be removed");
            bob.Sends("three");
            Eventually.True(() => chat.History.Figures.Written == 3 && _folder.Texts().Length == 0, "it should be removed");

            ana.Got("[Bob] three");
            bob.Got("[Ana] one", "[Ana] two");
            ana.Sends("/history");
            ana.Got("Nothing was said here yet.");
        }

        using var again = new RecordedChat(_folder.File, bytes: 1);
        again.Admit("Ana").Sends("/join tea"); // the channel is there still
        Assert.IsNotNull(again.Channels.Find("tea"));
    }

    [TestMethod]
    public void A_file_that_is_larger_at_the_start_keeps_the_newest_messages_and_its_length()
    {
        string[] said = Texts(0, 4_000);
        using (var before = new RecordedChat(_folder.File))
        {
            before.AdmitTo("tea", "Ana").Sends([.. said, "/search m3999"]); // which waits until all is indexed
        }

        long length = Length();
        Assert.IsGreaterThan(2 * Most, length);
        using var chat = new RecordedChat(_folder.File, bytes: Most);
        Eventually.True(() => Used() <= Most, "the oldest should be removed");

        string[] left = _folder.Texts();
        Assert.AreSequenceEqual(said[^left.Length..], left);
        Assert.IsGreaterThan(700, left.Length, "No more are removed than must be.");
        Assert.IsLessThan(length + (128 * 1024), Length(), "To rewrite the index takes some pages at a time.");
        _folder.Run(IntegrityCheck);
    }

    [TestMethod]
    public void The_limits_for_a_channel_and_for_the_file_hold_together()
    {
        string[] said = Texts(0, 500);
        using var chat = new RecordedChat(_folder.File, messages: 20, bytes: Most);
        chat.AdmitTo("coffee", "Bob").Sends("stays, for there is room");
        chat.AdmitTo("tea", "Ana").Sends(said);
        Eventually.True(() => _folder.Texts().Length == 21, "the oldest of the channel should be removed");
        Assert.AreSequenceEqual(["stays, for there is room", .. said[^20..]], _folder.Texts());
        Assert.IsLessThanOrEqualTo(Most, Used());
    }

    [TestMethod]
    public void If_the_limit_for_the_file_is_reached_first_a_channel_has_fewer_messages_than_it_may_have()
    {
        string[] said = Texts(0, 4_000);
        using var chat = new RecordedChat(_folder.File, messages: 3_900, bytes: Most);
        ChatUser ana = chat.AdmitTo("tea", "Ana");
        ana.Sends(said);
        Eventually.True(() => _folder.Texts() is [.., var last] && last == said[^1] && Used() <= Most, "the oldest should be removed");
        Assert.IsLessThan(3_900, _folder.Texts().Length);

        string[] more = Texts(4_000, 300);
        ana.Sends(more);

        Eventually.True(() => _folder.Texts() is [.., var last] && last == more[^1] && Used() <= Most, "the counts should be right still");
        string[] left = _folder.Texts();
        Assert.AreSequenceEqual(said.Concat(more).ToArray()[^left.Length..], left);
    }

    [TestMethod]
    public void A_removed_message_is_overwritten()
    {
        using (var chat = new RecordedChat(_folder.File, bytes: Most))
        {
            ChatUser ana = chat.AdmitTo("tea", "Ana");
            ana.Sends("confidential", "/search confidential");
            ana.Got("2026-11-25 12:04 [Ana] confidential");
            ana.Sends(Texts(0, 4_000));
            Eventually.True(() => chat.History.Figures.Written == 4_001 && Used() <= Most, "the oldest should be removed");
        }

        foreach (string file in Directory.GetFiles(_folder.Path))
        {
            Assert.IsLessThan(0, File.ReadAllBytes(file).AsSpan().IndexOf("confiden"u8), file);
        }
    }

    [TestMethod]
    public void A_step_removes_a_few_hundred_messages_and_as_many_as_were_added()
    {
        using (HistoryStore store = OpenStore(bytes: null))
        {
            Write(store, 1_200);
            Index(store);
        }

        using HistoryStore again = OpenStore(bytes: 1);
        int most = 0;
        int left = 1_200;
        Eventually.True(
            () =>
            {
                again.Prune(now: 0);
                (int before, left) = (left, _folder.Texts().Length);
                most = Math.Max(most, before - left);
                return left == 0;
            },
            "all should be removed");
        Assert.AreEqual(500, most);
        Write(again, 1_200);
        Assert.IsTrue(again.IsBehind, "Nothing more should be written.");
        Index(again);
        Eventually.True(
            () =>
            {
                again.Prune(now: 0);
                return !again.IsBehind;
            },
            "it should catch up");
        Assert.IsInRange(0, 500, _folder.Texts().Length, "It does not grow when messages come fast.");
        Eventually.True(() => !again.Prune(now: 0), "If no message is left there is nothing to do.");
        Assert.IsEmpty(_folder.Texts());
    }

    /// <summary>Much more is said than can be removed in that time: the file stays within its limit, and the rest is a gap.</summary>
    [TestMethod]
    public void A_flood_does_not_make_the_file_grow()
    {
        using var chat = new RecordedChat(_folder.File, bytes: 2 * Most, maxQueuedBytes: 4_000 * Frame.Size);
        ChatUser ana = chat.AdmitTo("tea", "Ana");
        long longest = 0;
        string[] texts = Texts(0, 500);
        for (int i = 0; i < 40; i++)
        {
            ana.Sends(texts);
            longest = Math.Max(longest, Length());
        }

        Eventually.True(() => chat.History.Figures is { QueuedMessages: 0, Written: > 0 } && Used() <= 2 * Most, "all should be written or missing");
        Assert.IsLessThan((2 * Most) + (4_000 * 300), Math.Max(longest, Length()), "No more than a batch above the limit.");
    }

    [TestMethod]
    public void Messages_that_are_not_indexed_yet_can_go_too()
    {
        using HistoryStore store = OpenStore(bytes: 1);
        Write(store, 10);
        store.Index(isBusy: false);
        Write(store, 10);

        Eventually.True(() => !store.Prune(now: 0), "all should be removed");

        Assert.IsEmpty(_folder.Texts());
        Write(store, 3);
        Index(store);
        Assert.AreEqual(3, _folder.Ask<long>("SELECT count(*) FROM message_text"));
        _folder.Run(IntegrityCheck);
        Eventually.True(() => !store.Prune(now: 0), "all should be removed");
        Assert.AreEqual(0, _folder.Ask<long>("SELECT count(*) FROM message_text"));
    }

    private static string[] Texts(int first, int count) => [.. Enumerable.Range(first, count).Select(i => $"m{i} is what somebody says about bread and butter and number {i * 7}")];

    private static void Index(HistoryStore store)
    {
        while (store.Index(isBusy: false))
        {
        }
    }

    private long Used() => Pages("page_count") - Pages("freelist_count");

    private long Length() => Pages("page_count");

    private long Pages(string name) => _folder.Ask<long>($"SELECT {name} * (SELECT page_size FROM pragma_page_size) FROM pragma_{name}");

    private HistoryStore OpenStore(long? bytes)
    {
        using (HistoryDatabase.Lock(_folder.File))
        {
            // It makes a missing file.
        }

        return new HistoryStore(new HistorySettings(_folder.File, Bytes: bytes), new StagedRunList());
    }

    private void Write(HistoryStore store, int count)
    {
        var queue = new HistoryQueue(int.MaxValue, TimeProvider.System);
        new ChannelRecord(1, "tea", queue).Append(Texts(0, count).SelectMany(text => Frame.Encode($"[Ana] {text}")).ToArray());
        HistoryBatch batch = queue.Take(TimeSpan.Zero, TimeSpan.Zero);
        batch.FirstRow = _nextRow;
        _nextRow += count;
        store.Write(batch);
    }
}
