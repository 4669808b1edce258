using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.History;

/// <summary>While the disk is slower than those who send, each channel has a share of what may wait for it.</summary>
[TestClass]
public sealed class HistoryShareTests : IDisposable
{
    private const int Frames = 10_000;

    private readonly HistoryFolder _folder = new();
    private readonly HistoryQueue _queue = new(Frames * Frame.Size, TimeProvider.System);
    private readonly byte[] _message = Frame.Encode("[Ana] text");
    private int _channels;

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void One_channel_that_is_flooded_gets_half_and_a_gap_and_the_others_keep_their_messages()
    {
        ChannelRecord flooded = Open();
        ChannelRecord other = Open();
        Add(other, 5);
        Add(flooded, Frames);
        Add(other, 1_000);

        HistoryBatch batch = Take();

        Assert.AreEqual((1_005, 0), (Stored(batch, other), Missing(batch, other)));
        Assert.AreEqual((Frames / 2) - 5, Stored(batch, flooded));
        Assert.AreEqual(Frames - Stored(batch, flooded), Missing(batch, flooded));
    }

    [TestMethod]
    [DataRow(20, 100, DisplayName = "A few")]
    [DataRow(200, 20, DisplayName = "Many")]
    public void Beside_channels_that_are_flooded_in_turns_a_channel_that_comes_last_keeps_its_messages(int count, int messages)
    {
        const int Rounds = 2_000;
        ChannelRecord[] flooded = [.. Enumerable.Range(0, count).Select(_ => Open())];
        for (int round = 0; round < Rounds; round++)
        {
            Array.ForEach(flooded, channel => Add(channel, 1));
        }

        ChannelRecord[] others = [Open(), Open(), Open()];
        Array.ForEach(others, other => Add(other, messages));
        HistoryBatch batch = Take();

        Array.ForEach(others, other => Assert.AreEqual((messages, 0), (Stored(batch, other), Missing(batch, other))));
        Assert.AreEqual(Rounds * count, flooded.Sum(channel => Stored(batch, channel) + Missing(batch, channel)));
        Assert.IsTrue(flooded.All(channel => Missing(batch, channel) > 0), "Each of them is told what it misses.");
        Assert.IsLessThanOrEqualTo(Frames, batch.Messages);
    }

    /// <summary>With a limit in parts of what is free, each would take half of what the one before has left.</summary>
    [TestMethod]
    public void Beside_channels_that_are_flooded_one_after_the_other_a_channel_that_comes_last_keeps_its_messages()
    {
        for (int i = 0; i < 30; i++)
        {
            Add(Open(), Frames);
        }

        ChannelRecord other = Open();
        Add(other, 10);

        HistoryBatch batch = Take();
        Assert.AreEqual((10, 0), (Stored(batch, other), Missing(batch, other)));
    }

    [TestMethod]
    public void However_many_channels_there_are_no_more_wait_than_there_is_room_for()
    {
        for (int i = 0; i < 5_000; i++)
        {
            Add(Open(), 1 + (i % 50));
        }

        HistoryBatch batch = Take();
        Assert.IsLessThanOrEqualTo(Frames, batch.Messages);
        Assert.AreEqual(5_000 / 50 * (51 * 25), batch.Messages + batch.Missing, "None is lost without a trace.");
    }

    [TestMethod]
    public void A_channel_with_a_gap_starts_anew_when_the_queue_is_taken()
    {
        ChannelRecord flooded = Open();
        Add(flooded, Frames);
        Assert.AreEqual(Frames / 2, Take().Missing);

        Add(flooded, 10);
        HistoryBatch second = Take();
        Assert.AreEqual((10, 0), (Stored(second, flooded), Missing(second, flooded)));

        Add(flooded, Frames);
        Assert.AreEqual(Frames / 2, Take().Missing, "It has as much room as at first.");
    }

    [TestMethod]
    public void After_a_gap_a_channel_misses_all_until_the_queue_is_taken_though_there_is_room()
    {
        ChannelRecord channel = Open();
        Add(Open(), Frames / 2);
        channel.Append(new byte[Frames / 2 * Frame.Size]); // more than its share in one piece
        Add(channel, 1);

        HistoryBatch batch = Take();

        Assert.AreEqual((0, (Frames / 2) + 1), (Stored(batch, channel), Missing(batch, channel)));
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(Frame.Size, 0, DisplayName = "One half has no room for a message")]
    [DataRow(2 * Frame.Size, 1)]
    [DataRow((4 * Frame.Size) - 1, 1)]
    [DataRow(4 * Frame.Size, 2)]
    public void A_small_room_holds_no_more_than_its_size(int bytes, int messages)
    {
        var queue = new HistoryQueue(bytes, TimeProvider.System);
        for (int i = 0; i < 5; i++)
        {
            new ChannelRecord(i + 1, $"c{i}", queue).Append(_message);
        }

        HistoryBatch batch = queue.Take(TimeSpan.Zero, TimeSpan.Zero);
        Assert.AreEqual((messages, 5 - messages), (batch.Messages, batch.Missing));
    }

    /// <summary>From the commands to the answer of <c>/history</c>: while the disk hangs, twenty clients talk without end in channels of their own.</summary>
    [TestMethod]
    public void Messages_that_are_sent_while_others_flood_their_channels_are_in_the_history()
    {
        using var goesOn = new ManualResetEventSlim();
        using var hangs = new ManualResetEventSlim();
        using var chat = new RecordedChat(_folder.File, maxQueuedBytes: 400 * Frame.Size, openStore: (settings, staged) =>
            new FaultyStore(new HistoryStore(settings, staged), batch =>
            {
                if (batch.Entries.Count > 0)
                {
                    hangs.Set();
                    goesOn.Wait();
                }
            }));
        ChatUser ana = chat.AdmitTo("tea", "Ana");
        ana.Sends("first");
        Assert.IsTrue(hangs.Wait(Limit.Wait));
        ChatUser[] noisy = [.. Enumerable.Range(0, 20).Select(i => chat.AdmitTo($"noise{i}", $"Noisy{i}"))];
        string[] said = [.. Enumerable.Range(0, 8).Select(i => $"m{i}")];
        foreach (string text in said)
        {
            for (int i = 0; i < 10; i++)
            {
                Array.ForEach(noisy, client => client.Sends("noise"));
            }

            ana.Sends(text);
        }

        goesOn.Set();
        Eventually.True(() => _folder.Texts().Contains(said[^1]), "what waited should be written");
        ana.Sends("/history 200");
        noisy[7].Sends("/history 200");

        ana.Got([.. said.Prepend("first").Select(text => $"2026-11-25 12:04 [Ana] {text}")]);
        string[] lines = noisy[7].Outbox.Take();
        int stored = lines.Count(line => line.EndsWith("[Noisy7] noise", StringComparison.Ordinal));
        Assert.AreEqual($"2026-11-25 12:04 {80 - stored} messages are missing here", lines[^1]);
    }

    private static HistoryBatch Take(HistoryQueue queue) => queue.Take(TimeSpan.Zero, TimeSpan.Zero);

    private static int Stored(HistoryBatch batch, ChannelRecord channel) =>
        batch.Entries.Where(entry => entry.Channel == channel).Sum(entry => entry.Frames.Length / Frame.Size);

    private static int Missing(HistoryBatch batch, ChannelRecord channel) =>
        batch.Entries.Where(entry => entry.Channel == channel).Sum(entry => entry.Missing);

    private HistoryBatch Take() => Take(_queue);

    private ChannelRecord Open() => new(++_channels, $"c{_channels}", _queue);

    private void Add(ChannelRecord channel, int messages)
    {
        for (int i = 0; i < messages; i++)
        {
            channel.Append(_message);
        }
    }
}
