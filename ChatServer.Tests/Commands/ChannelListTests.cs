using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class ChannelListTests : IDisposable
{
    private const int Threads = 4;
    private const int Rounds = 200;

    private readonly ChannelTable _channels = new(maxChannels: Threads * Rounds);
    private readonly ChannelList _list;

    public ChannelListTests() => _list = new ChannelList(new LocalChat(_channels));

    public void Dispose() => _channels.Dispose();

    [TestMethod]
    public void A_channel_that_was_added_is_in_the_next_answer()
    {
        Assert.IsEmpty(Names());
        Create("tea");
        Assert.AreSequenceEqual(["tea"], Names());
        Create("coffee");
        Assert.AreSequenceEqual(["coffee", "tea"], Names());
    }

    [TestMethod]
    public void A_long_answer_comes_in_parts_without_half_filled_frames()
    {
        string[] names = [.. Enumerable.Range(0, 500).Select(i => $"{i:000}-{new string('x', 56)}")]; // three to a frame
        Array.ForEach(names, Create);

        ReadOnlyMemory<byte>[] parts = [.. Parts()];

        Assert.AreSequenceEqual([64, 64, 39], parts.Select(part => part.Length / Frame.Size)); // 167 frames
        Assert.AreSequenceEqual(names, parts.SelectMany(Names));
    }

    [TestMethod]
    public void A_channel_that_is_created_between_two_parts_does_not_change_the_other_names()
    {
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"{i:000}-{new string('x', 150)}")]; // one to a frame
        Array.ForEach(names, Create);
        string? last = null;
        string[] first = Names(_list.Next(ref last));

        Create("000-before all that was sent");
        Create("999-behind all that was there");
        string[] all = [.. first, .. Parts(last).SelectMany(Names)];

        Assert.AreSequenceEqual([.. names, "999-behind all that was there"], all);
    }

    [TestMethod]
    public void A_channel_that_is_removed_between_two_parts_does_not_hide_another()
    {
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"{i:000}-{new string('x', 150)}")]; // one to a frame
        var founders = names.ToDictionary(name => name, name => new Participant(name[..3], new RecordingOutbox()));
        var channels = new Dictionary<string, Channel>();
        foreach (string name in names)
        {
            _channels.TryCreate(name, founders[name], out Channel? channel);
            channels[name] = channel!;
        }

        string? last = null;
        string[] first = Names(_list.Next(ref last));
        channels[last!].Leave(founders[last!]);
        _channels.RemoveEmpty(now: 0, limit: 0);

        Assert.AreSequenceEqual(names, first.Concat(Parts(last).SelectMany(Names)));
        Assert.AreSequenceEqual(names.Except([last]), Names());
    }

    [TestMethod]
    public void While_many_clients_create_each_lists_its_own_channels_and_all_earlier_ones()
    {
        TestThread.Meet(Threads, thread =>
        {
            string[] last = [];
            for (int round = 0; round < Rounds; round++)
            {
                string name = $"{round}-of-{thread}";
                Create(name);

                string[] names = Names();

                Assert.Contains(name, names);
                Assert.IsEmpty(last.Except(names), "A channel stays.");
                last = names;
            }
        });

        Assert.HasCount(Threads * Rounds, Names());
    }

    private void Create(string name) =>
        Assert.AreEqual(CreateResult.Created, _channels.TryCreate(name, new Participant("Somebody", new RecordingOutbox()), out _));

    private string[] Names() => [.. Parts().SelectMany(Names)];

    /// <summary>The names after a given one; null for all.</summary>
    private IEnumerable<ReadOnlyMemory<byte>> Parts(string? last = null)
    {
        while (_list.Next(ref last) is { IsEmpty: false } part)
        {
            yield return part;
        }
    }

    private static string[] Names(ReadOnlyMemory<byte> frames) =>
        [.. frames.ToArray().Chunk(Frame.Size).SelectMany(frame => WireFrame.Decode(frame).Split('\n'))];
}
