using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Channels;

/// <summary>The contract of <see cref="IChat"/>, for the implementation within one process.</summary>
[TestClass]
public sealed class LocalChatTests : IDisposable
{
    private readonly ChannelTable _channels = new(maxChannels: 2);
    private readonly LocalChat _chat;
    private readonly (Participant Who, RecordingOutbox Got) _alice = Make("Alice");
    private readonly (Participant Who, RecordingOutbox Got) _bob = Make("Bob");

    public LocalChatTests() => _chat = new LocalChat(_channels);

    public void Dispose() => _channels.Dispose();

    [TestMethod]
    public void The_creator_is_in_the_new_channel_and_has_left_the_old_one()
    {
        _chat.Create(_alice.Who, "tea");
        _chat.TryJoin(_bob.Who, "tea");
        _alice.Got.Take();

        Assert.AreEqual(CreateResult.Created, _chat.Create(_bob.Who, "coffee"));

        Assert.AreSequenceEqual(["Bob has left"], _alice.Got.Take());
        Assert.AreEqual("coffee", _bob.Who.Channel?.Name);
        Assert.IsEmpty(_bob.Got.Take());
    }

    [TestMethod]
    [DataRow("tea", nameof(CreateResult.Exists))]
    [DataRow("milk", nameof(CreateResult.Full))]
    public void A_rejected_create_moves_no_client(string name, string expected)
    {
        _chat.Create(_alice.Who, "tea");
        _chat.TryJoin(_bob.Who, "tea");
        _channels.TryCreate("coffee", Make("Carol").Who, out _);
        _alice.Got.Take();

        Assert.AreEqual(expected, _chat.Create(_bob.Who, name).ToString());

        Assert.AreEqual("tea", _bob.Who.Channel?.Name);
        Assert.IsEmpty(_alice.Got.Take());
    }

    [TestMethod]
    public void A_client_that_joins_its_own_channel_leaves_first()
    {
        _chat.Create(_alice.Who, "tea");
        _chat.TryJoin(_bob.Who, "tea");

        Assert.IsTrue(_chat.TryJoin(_bob.Who, "tea"));

        Assert.AreSequenceEqual(["Bob has joined", "Bob has left", "Bob has joined"], _alice.Got.Take());
    }

    [TestMethod]
    public void A_join_of_a_channel_that_does_not_exist_moves_no_client()
    {
        _chat.Create(_alice.Who, "tea");

        Assert.IsFalse(_chat.TryJoin(_alice.Who, "coffee"));

        Assert.AreEqual("tea", _alice.Who.Channel?.Name);
    }

    [TestMethod]
    public void A_message_reaches_only_the_other_members_of_the_channel()
    {
        (Participant Who, RecordingOutbox Got) carol = Make("Carol");
        _chat.Create(_alice.Who, "tea");
        _chat.TryJoin(_bob.Who, "tea");
        _chat.Create(carol.Who, "coffee");
        _alice.Got.Take();

        _chat.Say(_bob.Who, Frame.Encode("[Bob] Hello!"));

        Assert.AreSequenceEqual(["[Bob] Hello!"], _alice.Got.Take());
        Assert.IsEmpty(_bob.Got.Take());
        Assert.IsEmpty(carol.Got.Take());
    }

    [TestMethod]
    [DataRow(true, DisplayName = "a member of the old channel")]
    [DataRow(false, DisplayName = "a member of the new channel")]
    public void A_client_that_changes_channels_waits_for_slow_members(bool isInOld)
    {
        _chat.Create(_alice.Who, isInOld ? "old" : "new");
        _chat.Create(_bob.Who, isInOld ? "new" : "old");
        (Participant Who, RecordingOutbox Got) mover = Make("Carol");
        _chat.TryJoin(mover.Who, "old");
        Congest(isInOld ? "old" : "new");

        _chat.TryJoin(mover.Who, "new");

        Assert.AreEqual(1, _alice.Got.Waits);
    }

    [TestMethod]
    public void A_client_that_creates_a_channel_waits_for_slow_members_of_its_old_one()
    {
        _chat.Create(_alice.Who, "tea");
        _chat.TryJoin(_bob.Who, "tea");
        Congest("tea");

        _chat.Create(_bob.Who, "coffee");

        Assert.AreEqual(1, _alice.Got.Waits);
    }

    [TestMethod]
    public void A_client_that_leaves_waits_for_slow_members()
    {
        _chat.Create(_alice.Who, "tea");
        _chat.TryJoin(_bob.Who, "tea");
        Congest("tea");

        _chat.Leave(_bob.Who);

        Assert.AreEqual(1, _alice.Got.Waits);
        Assert.IsNull(_bob.Who.Channel);
    }

    [TestMethod]
    public void A_client_that_leaves_is_removed_even_if_its_wait_fails()
    {
        _chat.Create(_alice.Who, "tea");
        _chat.TryJoin(_bob.Who, "tea");
        _chat.TryJoin(NobodyCanWaitFor, "tea");
        Congest("tea");

        Assert.ThrowsExactly<InsufficientMemoryException>(() => _chat.Leave(_bob.Who));

        Assert.IsNull(_bob.Who.Channel);
        Assert.AreSequenceEqual(["Bob has left"], _alice.Got.Take());
    }

    [TestMethod]
    public void A_channel_with_a_failed_join_can_be_removed()
    {
        Participant member = NobodyCanWaitFor;
        _chat.Create(member, "tea");
        Congest("tea");
        Assert.ThrowsExactly<InsufficientMemoryException>(() => _chat.TryJoin(_bob.Who, "tea"));
        Assert.ThrowsExactly<InsufficientMemoryException>(() => _chat.TryJoin(_alice.Who, "tea"));

        _channels.Find("tea")!.Leave(member);
        _channels.RemoveEmpty(now: 0, limit: 1);
        _channels.RemoveEmpty(now: 1, limit: 1);

        Assert.IsNull(_channels.Find("tea"));
    }

    [TestMethod]
    public void The_names_are_in_order_and_their_version_changes_with_each_channel()
    {
        int before = _chat.ChannelsVersion;
        _chat.Create(_alice.Who, "tea");
        int between = _chat.ChannelsVersion;
        _chat.Create(_bob.Who, "coffee");

        Assert.AreSequenceEqual(["coffee", "tea"], _chat.ChannelNames(out int version));
        Assert.AreEqual(_chat.ChannelsVersion, version);
        Assert.HasCount(3, new HashSet<int> { before, between, version });
    }

    private static Participant NobodyCanWaitFor => new("Dave", new FailingOutbox { IsCongested = true });

    private static (Participant Who, RecordingOutbox Got) Make(string name)
    {
        var outbox = new RecordingOutbox();
        return (new Participant(name, outbox), outbox);
    }

    /// <summary>Makes those members congested, as the channel sees them, that are slow.</summary>
    private void Congest(string channel)
    {
        _alice.Got.IsSlow = true;
        var teller = new Participant("Teller", new RecordingOutbox());
        Channel found = _channels.Find(channel)!;
        Assert.IsTrue(found.TryReserve());
        found.Enter(teller);
        found.Leave(teller);
        _alice.Got.Take();
    }
}
