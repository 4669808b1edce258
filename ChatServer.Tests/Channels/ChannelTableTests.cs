using CsCheck;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Tests.Channels;

[TestClass]
public sealed class ChannelTableTests
{
    private const int Threads = 4;
    private const int Rounds = 200;

    [TestMethod]
    public void A_channel_is_found_after_its_creation_and_stays_the_same()
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
    public void A_removed_channel_is_gone_its_members_get_a_text_and_its_name_is_free()
    {
        using var table = new ChannelTable(maxChannels: 1, permanent: []);
        var outbox = new RecordingOutbox();
        table.TryCreate("tea", new Participant("Ann", outbox), out Channel? tea);

        Assert.AreEqual(RemoveResult.Removed, table.Remove("tea", Frame.Encode("It is gone."), out int members));

        Assert.AreEqual(1, members);
        Assert.AreSequenceEqual(["It is gone."], outbox.Take());
        Assert.IsNull(table.Find("tea"));
        Assert.IsTrue(tea!.IsClosed);
        Assert.IsFalse(tea.TryReserve());
        Assert.AreEqual(CreateResult.Created, table.TryCreate("tea", Somebody(), out _), "its place and its name are free");
        Assert.AreEqual(RemoveResult.Unknown, table.Remove("coffee", Frame.Encode("It is gone."), out _));
    }

    [TestMethod]
    public void A_channel_from_the_start_is_not_removed()
    {
        using var table = new ChannelTable(maxChannels: 10, permanent: ["hall"]);

        Assert.AreEqual(RemoveResult.Fixed, table.Remove("hall", Frame.Encode("It is gone."), out _));

        Assert.IsNotNull(table.Find("hall"));
    }

    [TestMethod]
    public void A_channel_that_was_removed_stays_closed_when_it_is_found_empty()
    {
        var outbox = new RecordingOutbox();
        var ann = new Participant("Ann", outbox);
        var channel = new Channel("tea", ann);
        Assert.IsTrue(channel.TryCloseWithNotice(Frame.Encode("It is gone."), out _));

        Assert.IsTrue(channel.TryClose(now: 0, limit: 100));

        Assert.IsFalse(channel.TryCloseWithNotice(Frame.Encode("It is gone."), out _));
        channel.Broadcast(ann, Frame.Encode("[Ann] hello"));
        channel.Leave(ann);
        Assert.AreSequenceEqual(["It is gone."], outbox.Take());
    }

    [TestMethod]
    public void A_client_that_enters_a_channel_during_its_removal_gets_the_text_and_is_no_member()
    {
        var outbox = new RecordingOutbox();
        var channel = new Channel("tea");
        Assert.IsTrue(channel.TryReserve());
        channel.TryCloseWithNotice(Frame.Encode("It is gone."), out _);

        channel.Enter(new Participant("Ann", outbox));

        Assert.IsEmpty(channel.MemberNames());
        Assert.AreSequenceEqual(["It is gone."], outbox.Take());
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
    [DataRow("café", "cafe\u0301")]
    [DataRow("cafe\u0301", "café")]
    [DataRow("Å", "\u212b")]
    [DataRow("한", "\u1112\u1161\u11ab")]
    public void Two_normal_forms_of_a_name_are_one_channel_with_the_spelling_of_its_creator(string first, string second)
    {
        using var table = new ChannelTable(maxChannels: 10);

        table.TryCreate(first, Somebody(), out Channel? created);

        Assert.AreEqual(CreateResult.Exists, table.TryCreate(second, Somebody(), out _));
        Assert.AreSame(created, table.Find(second));
        Assert.AreSequenceEqual([first], table.Names(out _));
    }

    [TestMethod]
    [DataRow("tea", "Tea")]
    [DataRow("fi", "ﬁ")]
    public void Names_that_differ_in_case_or_compatibility_are_two_channels(string first, string second)
    {
        using var table = new ChannelTable(maxChannels: 10);

        Assert.AreEqual(CreateResult.Created, table.TryCreate(first, Somebody(), out _));
        Assert.AreEqual(CreateResult.Created, table.TryCreate(second, Somebody(), out _));
    }

    [TestMethod]
    public void One_connection_may_have_a_tenth_of_the_channels_but_always_a_hundred_or_half()
    {
        using var large = new ChannelTable(maxChannels: 5_000);
        Assert.AreEqual(500, CreateAll(large, Somebody(), 1_000));
        Assert.AreEqual(500, CreateAll(large, Somebody(), 1_000), "another connection");

        using var small = new ChannelTable(maxChannels: 250);
        Assert.AreEqual(100, CreateAll(small, Somebody(), 1_000));
    }

    [TestMethod]
    [DataRow(1, 1, 1)]
    [DataRow(2, 1, 1)]
    [DataRow(3, 2, 2)]
    [DataRow(20, 10, 18)]
    [DataRow(100, 50, 90)]
    [DataRow(199, 100, 100)]
    public void With_a_low_limit_one_connection_leaves_half_of_the_channels_to_others_and_one_address_a_tenth(int max, int ofConnection, int ofAddress)
    {
        using var table = new ChannelTable(max);

        Assert.AreEqual(ofConnection, CreateAll(table, Somebody("192.0.2.1"), 1_000));
        Assert.AreEqual(ofAddress - ofConnection, CreateFrom(table, "192.0.2.1"));
        Assert.AreEqual(max - ofAddress, CreateFrom(table, "192.0.2.2"));
    }

    [TestMethod]
    public void Without_memory_for_a_channel_nothing_changes()
    {
        bool isShort = true;
        using var table = new ChannelTable(
            maxChannels: 10, makeChannel: (name, creator) => isShort ? throw new InsufficientMemoryException() : new Channel(name, creator));
        Participant panda = Somebody("192.0.2.1");
        int version = table.Version;

        Assert.ThrowsExactly<InsufficientMemoryException>(() => table.TryCreate("tea", panda, out _));

        Assert.IsNull(table.Find("tea"));
        Assert.AreEqual(version, table.Version);
        Assert.AreEqual(0, panda.Founder.Channels);
        isShort = false;
        table.RemoveEmpty(now: 0, limit: 0);
        Assert.AreEqual(CreateResult.Created, table.TryCreate("tea", panda, out Channel? tea));
        tea!.Leave(panda);
        table.RemoveEmpty(now: 1, limit: 0);
        Assert.AreEqual(0, panda.Founder.Channels, "Its share is given back once.");
    }

    [TestMethod]
    public void One_address_may_have_as_many_channels_as_are_still_free()
    {
        using var table = new ChannelTable(maxChannels: 4_000);

        Assert.AreEqual(2_000, CreateFrom(table, "192.0.2.1"));
        Assert.AreEqual(1_000, CreateFrom(table, "192.0.2.2"));
        Assert.AreEqual(0, CreateFrom(table, "192.0.2.1"));
        Assert.AreEqual(500, CreateFrom(table, "192.0.2.3"));
        Assert.AreEqual(500, CreateFrom(table, null), "the rest, without a share of an address");
    }

    [TestMethod]
    public void A_few_addresses_of_a_network_leave_a_quarter_to_others_and_all_around_that_an_eighth()
    {
        using var table = new ChannelTable(maxChannels: 4_000);

        Assert.AreEqual(3_020, Enumerable.Range(0, 4).Sum(i => CreateFrom(table, $"c000/02/{i:x2}")), "three quarters, and a few for each further address");
        Assert.AreEqual(480, Enumerable.Range(3, 250).Sum(i => CreateFrom(table, $"c000/{i:x2}/01")));

        Assert.AreEqual(250, CreateFrom(table, "c633/02/01"), "half of the rest");
        Assert.AreEqual(125, CreateFrom(table, "c633/64/07"), "half of what is left then");
    }

    [TestMethod]
    public void An_address_can_create_a_few_channels_though_two_others_of_its_network_have_used_up_the_share_of_that()
    {
        using var table = new ChannelTable(maxChannels: 10_000);
        CreateFrom(table, "c0a8/01/01");
        CreateFrom(table, "c0a8/01/02");

        Assert.AreEqual(10, CreateFrom(table, "c0a8/01/03"));
        Assert.AreEqual(10, CreateFrom(table, "c0a8/01/04"));
    }

    [TestMethod]
    public void A_client_that_comes_back_again_and_again_has_no_more_than_the_share_of_its_address_also_from_other_addresses_nearby()
    {
        using var table = new ChannelTable(maxChannels: 1_000);

        int created = Enumerable.Range(0, 100).Sum(i => CreateAll(table, Somebody("c000/02/01"), 100, leave: true));

        Assert.AreEqual(500, created);
        Assert.AreEqual(0, CreateAll(table, Somebody("c000/02/01"), 1));
        Assert.AreEqual(250, CreateFrom(table, "c000/02/02"));
    }

    [TestMethod]
    public void Channels_of_closed_connections_count_in_the_share_of_their_address_until_they_are_removed()
    {
        using var table = new ChannelTable(maxChannels: 400);
        Participant first = Somebody("192.0.2.1");
        CreateAll(table, first, 100, leave: true);
        CreateAll(table, Somebody("192.0.2.1"), 100);
        Assert.AreEqual(0, CreateAll(table, Somebody("192.0.2.1"), 1));

        table.RemoveEmpty(now: 0, limit: 5);
        table.RemoveEmpty(now: 5, limit: 5);

        Assert.HasCount(100, table.Names(out _));
        Assert.AreEqual(100, CreateAll(table, Somebody("192.0.2.1"), 1_000));
        Assert.AreEqual(0, first.Founder.Channels);
    }

    [TestMethod]
    public void Only_a_channel_that_stays_empty_is_removed()
    {
        using var table = new ChannelTable(maxChannels: 10);
        Participant panda = Somebody();
        table.TryCreate("tea", panda, out Channel? tea);

        table.RemoveEmpty(now: 0, limit: 10);
        table.RemoveEmpty(now: 100, limit: 10);
        Assert.AreSame(tea, table.Find("tea"), "it has a member");

        tea!.Leave(panda);
        table.RemoveEmpty(now: 101, limit: 10);
        Assert.IsTrue(tea.TryReserve());
        table.RemoveEmpty(now: 200, limit: 10);
        Assert.AreSame(tea, table.Find("tea"), "a participant is about to enter");
        tea.Enter(panda);
        tea.Leave(panda);
        table.RemoveEmpty(now: 201, limit: 10);
        table.RemoveEmpty(now: 210, limit: 10);
        Assert.AreSame(tea, table.Find("tea"), "not yet");

        table.RemoveEmpty(now: 211, limit: 10);
        Assert.IsNull(table.Find("tea"));
        Assert.IsFalse(tea.TryReserve(), "a participant that found it before cannot enter it now");
        Assert.IsEmpty(table.Names(out _));
        Assert.AreEqual(CreateResult.Created, table.TryCreate("tea", panda, out Channel? again));
        Assert.AreNotSame(tea, again);
    }

    [TestMethod]
    public void A_cancelled_join_no_longer_keeps_a_channel()
    {
        using var table = new ChannelTable(maxChannels: 10);
        Participant creator = Somebody();
        table.TryCreate("tea", creator, out Channel? tea);
        tea!.Leave(creator);
        Assert.IsTrue(tea.TryReserve());
        table.RemoveEmpty(now: 0, limit: 1);
        table.RemoveEmpty(now: 10, limit: 1);
        Assert.IsNotNull(table.Find("tea"));

        tea.CancelReservation();
        table.RemoveEmpty(now: 20, limit: 1);
        table.RemoveEmpty(now: 21, limit: 1);

        Assert.IsNull(table.Find("tea"));
    }

    [TestMethod]
    public void Fixed_channels_exist_from_the_start_and_stay()
    {
        using var table = new ChannelTable(maxChannels: 3, permanent: ["tea", "café", "cafe\u0301"]);

        table.RemoveEmpty(now: 0, limit: 0);
        table.RemoveEmpty(now: 1, limit: 0);

        Assert.AreSequenceEqual(["café", "tea"], table.Names(out _));
        Assert.IsNotNull(table.Find("cafe\u0301"));
        Assert.AreEqual(CreateResult.Exists, table.TryCreate("tea", Somebody(), out _));
        Assert.AreEqual(CreateResult.Created, table.TryCreate("third", Somebody(), out _));
        Assert.AreEqual(CreateResult.Full, table.TryCreate("fourth", Somebody(), out _));
    }

    [TestMethod]
    public void With_no_create_only_the_fixed_channels_exist()
    {
        using var table = new ChannelTable(maxChannels: 10, permanent: ["tea"], mayCreate: false);

        Assert.AreEqual(CreateResult.Exists, table.TryCreate("tea", Somebody(), out _));
        Assert.AreEqual(CreateResult.Full, table.TryCreate("coffee", Somebody(), out _));
    }

    [TestMethod]
    public void While_empty_channels_are_removed_every_member_is_in_a_channel_that_the_table_finds()
    {
        using var table = new ChannelTable(maxChannels: 10);
        bool isOver = false;

        TestThread.Meet(Threads, thread =>
        {
            if (thread == 0)
            {
                for (long now = 0; !Volatile.Read(ref isOver); now++)
                {
                    table.RemoveEmpty(now, limit: 0);
                }

                return;
            }

            Participant panda = Somebody();
            for (int round = 0; round < Rounds; round++)
            {
                if (table.TryCreate("tea", panda, out Channel? tea) == CreateResult.Created
                    || ((tea = table.Find("tea")) is not null && Expected(tea, panda)))
                {
                    Assert.AreSame(tea, table.Find("tea"));
                    tea!.Leave(panda);
                }
            }

            Volatile.Write(ref isOver, true);
        });

        static bool Expected(Channel channel, Participant newcomer)
        {
            bool mayEnter = channel.TryReserve();
            if (mayEnter)
            {
                channel.Enter(newcomer);
            }

            return mayEnter;
        }
    }

    [TestMethod]
    public void Property_names_are_listed_in_ordinal_order_for_any_order_of_creation()
    {
        Texts.Of(1, 4).Array[0, 30].Sample(names =>
        {
            using var table = new ChannelTable(maxChannels: 100);

            Array.ForEach(names, name => table.TryCreate(name, Somebody(), out _));

            Assert.AreSequenceEqual(names.DistinctBy(Normalization.ToNfc).Order(StringComparer.Ordinal), table.Names(out _));
        });
    }

    [TestMethod]
    public void Exactly_one_of_many_clients_that_create_a_channel_at_once_creates_it()
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
    public void Many_clients_that_create_at_once_stop_at_the_limit_while_others_look_up_and_list()
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
                string[] names = table.Names(out _);

                Assert.AreSame(channel, table.Find(name));
                Assert.AreSequenceEqual(names.Order(StringComparer.Ordinal), names);
            }
        });

        Assert.AreEqual(Rounds, created);
        Assert.HasCount(Rounds, table.Names(out _));
    }

    private static Participant Somebody(string? address = null) => new("Somebody", new RecordingOutbox(), address);

    /// <summary>Creates channels until one is rejected. Returns how many were created.</summary>
    private static int CreateAll(ChannelTable table, Participant creator, int most, bool leave = false)
    {
        int created = 0;
        while (created < most && table.TryCreate($"{Guid.NewGuid()}", creator, out Channel? channel) == CreateResult.Created)
        {
            created++;
            if (leave)
            {
                channel!.Leave(creator);
            }
        }

        return created;
    }

    /// <summary>The same from one address, with as many connections as it takes.</summary>
    private static int CreateFrom(ChannelTable table, string? address)
    {
        int created = 0;
        int more;
        do
        {
            more = CreateAll(table, Somebody(address), int.MaxValue);
            created += more;
        }
        while (more > 0);
        return created;
    }
}
