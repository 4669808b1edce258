using CsCheck;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Channels;

[TestClass]
public sealed class ChannelTableTests
{
    private const int Threads = 4;
    private const int Rounds = 200;

    [TestMethod]
    public void A_channel_is_found_once_it_was_created_and_stays_the_same()
    {
        using var table = new ChannelTable(maxChannels: 10);

        Assert.IsNull(table.Find("tea"));
        Assert.AreEqual(CreateResult.Created, table.TryCreate("tea", Somebody(), out Channel? created));
        Assert.AreEqual(CreateResult.Exists, table.TryCreate("tea", Somebody(), out Channel? second));

        Assert.IsNotNull(created);
        Assert.IsNull(second);
        Assert.AreSame(created, table.Find("tea"));
    }

    [TestMethod]
    public void The_limit_of_channels_is_reached_exactly()
    {
        using var table = new ChannelTable(maxChannels: 2);

        Assert.AreEqual(CreateResult.Created, table.TryCreate("a", Somebody(), out _));
        Assert.AreEqual(CreateResult.Created, table.TryCreate("b", Somebody(), out _));
        Assert.AreEqual(CreateResult.Full, table.TryCreate("c", Somebody(), out Channel? third));
        Assert.AreEqual(CreateResult.Exists, table.TryCreate("a", Somebody(), out _));

        Assert.IsNull(third);
        Assert.IsNull(table.Find("c"));
    }

    [TestMethod]
    public void Property_names_are_listed_in_ordinal_order_whatever_the_order_of_creation()
    {
        Texts.Of(1, 4).Array[0, 30].Sample(names =>
        {
            using var table = new ChannelTable(maxChannels: 100);

            Array.ForEach(names, name => table.TryCreate(name, Somebody(), out _));

            Assert.AreSequenceEqual(names.Distinct().Order(StringComparer.Ordinal), table.Names());
        });
    }

    [TestMethod]
    public void Of_many_who_create_a_channel_at_once_exactly_one_does()
    {
        using var table = new ChannelTable(maxChannels: Rounds);
        var created = new Channel?[Threads, Rounds];

        TestThread.Meet(Threads, thread =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                table.TryCreate($"channel {round}", Somebody(), out created[thread, round]);
            }
        });

        for (int round = 0; round < Rounds; round++)
        {
            Channel only = Assert.ContainsSingle(
                Enumerable.Range(0, Threads).Select(thread => created[thread, round]).OfType<Channel>());
            Assert.AreSame(only, table.Find($"channel {round}"));
        }
    }

    [TestMethod]
    public void Many_who_create_at_once_stop_at_the_limit_while_others_look_and_list()
    {
        using var table = new ChannelTable(maxChannels: Rounds);
        int created = 0;

        TestThread.Meet(Threads, thread =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                string name = $"{round:000} of {thread}";
                CreateResult result = table.TryCreate(name, Somebody(), out Channel? channel);
                Interlocked.Add(ref created, result == CreateResult.Created ? 1 : 0);
                string[] names = table.Names();

                Assert.AreSame(channel, table.Find(name));
                Assert.AreSequenceEqual(names.Order(StringComparer.Ordinal), names);
            }
        });

        Assert.AreEqual(Rounds, created);
        Assert.HasCount(Rounds, table.Names());
    }

    private static Participant Somebody() => new("Somebody", new RecordingOutbox());
}
