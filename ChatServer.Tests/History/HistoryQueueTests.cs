using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.History;

/// <summary>What waits for a disk that stands still.</summary>
[TestClass]
public sealed class HistoryQueueTests
{
    private readonly FakeTimeProvider _time = new();

    /// <summary>So many that a look at all of them for each of them would not come to an end.</summary>
    [TestMethod]
    [TestCategory(SlowTest.Category)]
    public void Channels_that_begin_and_end_while_the_disk_hangs_leave_no_rows_behind()
    {
        const int Count = 300_000;
        var queue = new HistoryQueue(maxBytes: 0, _time);
        ChannelRecord[] channels = [.. Enumerable.Range(0, Count).Select(i => new ChannelRecord(i + 1, $"c{i}", queue))];
        foreach (ChannelRecord channel in channels)
        {
            queue.Change(channel, isClosed: false);
            channel.Append(Frame.Encode("[Ana] no room"));
        }

        foreach (ChannelRecord channel in channels.Where(channel => channel.Id % 3 > 0))
        {
            channel.Close();
        }

        HistoryBatch batch = Take(queue);
        Assert.AreSequenceEqual(channels.Where(channel => channel.Id % 3 == 0), batch.Changes.Select(change => change.Channel));
        Assert.HasCount(Count / 3, batch.Entries);
        Assert.IsTrue(batch.Entries.All(entry => entry.Missing == 1 && entry.Channel.Id % 3 == 0));
    }

    [TestMethod]
    public void The_file_gets_a_channel_with_waiting_messages_before_its_removal()
    {
        var queue = new HistoryQueue(maxBytes: 1_000, _time);
        var channel = new ChannelRecord(1, "tea", queue);
        queue.Change(channel, isClosed: false);
        channel.Append(Frame.Encode("[Ana] one"));
        channel.Close();

        HistoryBatch batch = Take(queue);

        Assert.AreSequenceEqual([false, true], batch.Changes.Select(change => change.IsClosed));
        Assert.HasCount(1, batch.Entries);
    }

    [TestMethod]
    public void A_channel_that_the_file_knows_is_removed_there()
    {
        var queue = new HistoryQueue(maxBytes: 1_000, _time);
        var channel = new ChannelRecord(1, "tea", queue);
        queue.Change(channel, isClosed: false);
        Take(queue);
        channel.Append(Frame.Encode("[Ana] one"));
        Take(queue);

        channel.Close();

        Assert.AreSequenceEqual([new ChannelChange(channel, IsClosed: true)], Take(queue).Changes);
        Assert.IsTrue(Take(queue).IsEmpty);
    }

    [TestMethod]
    public void Each_of_several_channels_has_its_own_gap_whichever_are_closed()
    {
        var queue = new HistoryQueue(maxBytes: 0, _time);
        ChannelRecord[] channels = [.. Enumerable.Range(1, 5).Select(i => new ChannelRecord(i, $"c{i}", queue))];
        foreach (ChannelRecord channel in channels)
        {
            queue.Change(channel, isClosed: false);
            for (int i = 0; i < channel.Id; i++)
            {
                channel.Append(Frame.Encode("[Ana] no room"));
            }
        }

        channels[0].Close(); // the last, one in the middle, and the first of those with a gap
        channels[2].Close();
        channels[4].Close();

        Assert.AreSequenceEqual([(2L, 2), (4L, 4)], Take(queue).Entries.Select(entry => (entry.Channel.Id, entry.Missing)).Order());
        channels[1].Append(Frame.Encode("[Ana] no room again"));
        Assert.AreEqual(1, Take(queue).Missing);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_reader_waits_for_the_messages_of_its_channel_and_for_no_others(bool isForSearch)
    {
        HistoryQueue queue = TwoChannels(out ChannelRecord tea, out ChannelRecord coffee);
        queue.Done(lastRow: 0, lastIndexed: 0); // nothing is left of an earlier run
        Assert.IsTrue(IsDone(tea));
        tea.Append(Frame.Encode("[Ana] one"));
        Assert.IsFalse(IsDone(tea), "It waits.");
        Take(queue);
        Assert.IsFalse(IsDone(tea), "It is being written.");
        queue.Done(lastRow: 1, lastIndexed: 1);
        coffee.Append(Frame.Encode("[Bob] one"));
        Assert.IsTrue(IsDone(tea));
        Take(queue);
        Assert.IsTrue(IsDone(tea));
        Assert.IsFalse(IsDone(coffee));

        bool IsDone(ChannelRecord channel) => queue.WaitUntilDone(channel, TimeSpan.Zero, isForSearch);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_reader_whose_client_has_left_waits_no_more(bool isForSearch)
    {
        HistoryQueue queue = TwoChannels(out ChannelRecord tea, out _);
        tea.Append(Frame.Encode("[Ana] one"));
        int looks = 0;

        Assert.IsFalse(queue.WaitUntilDone(tea, Limit.Wait * 10, isForSearch, () => ++looks == 3));

        Assert.AreEqual(3, looks);
    }

    [TestMethod]
    public void A_reader_waits_for_the_gap_of_its_channel()
    {
        var queue = new HistoryQueue(maxBytes: 0, _time);
        var tea = new ChannelRecord(1, "tea", queue);
        tea.Append(Frame.Encode("[Ana] no space"));
        Assert.IsFalse(queue.WaitUntilDone(tea, TimeSpan.Zero));
        Take(queue);
        queue.Done(lastRow: 1, lastIndexed: 1);

        Assert.IsTrue(queue.WaitUntilDone(tea, TimeSpan.Zero));
    }

    [TestMethod]
    public void A_search_waits_until_an_earlier_run_is_indexed()
    {
        HistoryQueue queue = TwoChannels(out ChannelRecord tea, out _);
        Assert.IsFalse(IsIndexed(queue, tea));
        Assert.IsTrue(Take(queue).IsForSearch);
        queue.Done(lastRow: 9_000, lastIndexed: 4_000);
        Assert.IsFalse(IsIndexed(queue, tea));
        Take(queue);
        queue.Done(lastRow: 9_000, lastIndexed: 9_000);

        Assert.IsTrue(IsIndexed(queue, tea));
        Assert.IsFalse(Take(queue).IsForSearch);
    }

    [TestMethod]
    public void A_search_does_not_wait_for_later_messages_that_are_not_indexed()
    {
        HistoryQueue queue = TwoChannels(out ChannelRecord tea, out ChannelRecord coffee);
        tea.Append(Frame.Encode("[Ana] one"));
        Take(queue);
        queue.Done(lastRow: 1, lastIndexed: 0);
        Assert.IsFalse(IsIndexed(queue, tea));
        coffee.Append(Frame.Encode("[Bob] one"));
        Take(queue);

        queue.Done(lastRow: 2, lastIndexed: 1);

        Assert.IsTrue(IsIndexed(queue, tea));
        Assert.IsFalse(Take(queue).IsForSearch, "Nobody waits any more.");
        Assert.IsFalse(IsIndexed(queue, coffee));
    }

    [TestMethod]
    public void A_search_waits_for_its_messages_although_a_later_search_has_to_wait_for_fewer()
    {
        HistoryQueue queue = TwoChannels(out ChannelRecord tea, out ChannelRecord coffee);
        coffee.Append(Frame.Encode("[Bob] one"));
        Take(queue);
        tea.Append(Frame.Encode("[Ana] one")); // in the next batch
        Assert.IsFalse(IsIndexed(queue, tea));
        Assert.IsFalse(IsIndexed(queue, coffee));

        queue.Done(lastRow: 1, lastIndexed: 1);

        Assert.IsTrue(IsIndexed(queue, coffee));
        Assert.IsTrue(Take(queue).IsForSearch, "The search for tea waits for this batch.");
        queue.Done(lastRow: 2, lastIndexed: 2);
        Assert.IsTrue(IsIndexed(queue, tea));
        Assert.IsFalse(Take(queue).IsForSearch);
    }

    private static bool IsIndexed(HistoryQueue queue, ChannelRecord channel) => queue.WaitUntilDone(channel, TimeSpan.Zero, isForSearch: true);

    private HistoryQueue TwoChannels(out ChannelRecord tea, out ChannelRecord coffee)
    {
        var queue = new HistoryQueue(maxBytes: 1_000, _time);
        (tea, coffee) = (new ChannelRecord(1, "tea", queue), new ChannelRecord(2, "coffee", queue));
        return queue;
    }

    private static HistoryBatch Take(HistoryQueue queue) => queue.Take(TimeSpan.Zero, TimeSpan.Zero);
}
