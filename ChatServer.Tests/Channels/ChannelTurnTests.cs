using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Channels;

/// <summary>While a member is congested the senders of a channel stand in line. Uses real send queues, and peers that the test controls.</summary>
[TestClass]
public sealed class ChannelTurnTests : IDisposable
{
    private const int Soft = 16;

    private readonly SendRig _member = new(Soft);
    private readonly List<SendRig> _rigs = [];
    private readonly Channel _channel;

    public ChannelTurnTests() => _channel = new Channel("tea", new Participant("Member", _member.Queue));

    public void Dispose()
    {
        _rigs.ForEach(rig => rig.Dispose());
        _member.Dispose();
    }

    [TestMethod]
    public void Senders_take_turns_in_the_order_in_which_they_came()
    {
        Participant[] senders = [.. Enumerable.Range(0, 5).Select(i => Enter($"Sender{i}"))];
        Congest(senders[0]);
        TestThread[] threads = [.. senders.Select((sender, i) =>
        {
            TestThread thread = TestThread.Start($"sender {i}", () => _channel.Broadcast(sender, Frame.Encode($"message {i}")));
            thread.AwaitBlocked();
            return thread;
        })];
        Assert.IsTrue(_channel.HasBackPressure);

        _member.RoundUntil(() => threads.All(thread => !thread.IsRunning), "all should have had their turn");

        Array.ForEach(threads, thread => thread.AwaitEnd());
        _member.RoundUntil(() => !_member.Queue.IsCongested && Texts().Length == 5, "the member should get all");
        Assert.AreSequenceEqual(Enumerable.Range(0, 5).Select(i => $"message {i}"), Texts());
        _channel.Broadcast(senders[0], Frame.Encode("message 5"));
        Assert.IsFalse(_channel.HasBackPressure, "No sender is in the line any more.");
    }

    [TestMethod]
    public void Many_senders_exceed_the_limit_of_a_member_by_one_batch_at_most()
    {
        Participant[] senders = [.. Enumerable.Range(0, 20).Select(i => Enter($"Sender{i}"))];
        _member.Round();
        int most = 0;
        _member.Target.Takes = offered =>
        {
            most = Math.Max(most, _member.Queue.QueuedBytes);
            return Math.Min(offered, 3 * Frame.Size);
        };
        TestThread[] threads = [.. senders.Select((sender, i) => TestThread.Start($"sender {i}", () =>
        {
            for (int run = 0; run < 10; run++)
            {
                _channel.Broadcast(sender, new byte[2 * Frame.Size]);
            }
        }))];

        _member.RoundUntil(() => threads.All(thread => !thread.IsRunning), "all should get through");

        Array.ForEach(threads, thread => thread.AwaitEnd());
        Assert.IsGreaterThan(Soft * Frame.Size, most);
        Assert.IsLessThanOrEqualTo((Soft + 2) * Frame.Size, most);
        Assert.IsEmpty(_member.Target.Aborts);
    }

    [TestMethod]
    public void After_a_slow_member_is_disconnected_all_senders_in_line_continue()
    {
        Participant[] senders = [.. Enumerable.Range(0, 5).Select(i => Enter($"Sender{i}"))];
        Congest(senders[0]);
        TestThread[] threads = [.. senders.Select((sender, i) =>
            TestThread.Start($"sender {i}", () => _channel.Broadcast(sender, new byte[Frame.Size])))];
        Array.ForEach(threads, thread => thread.AwaitBlocked());

        _member.Queue.Close();

        Array.ForEach(threads, thread => thread.AwaitEnd());
    }

    [TestMethod]
    public void A_wait_for_space_sends_nothing()
    {
        Participant sender = Enter("Sender");
        Congest(sender);
        int before = _member.Queue.QueuedBytes;
        TestThread thread = TestThread.Start("a client that is about to join", () => _channel.WaitForSpace(sender));
        thread.AwaitBlocked();
        Assert.AreEqual(before, _member.Queue.QueuedBytes);

        _member.RoundUntil(() => !thread.IsRunning, "there should be room");

        thread.AwaitEnd();
    }

    [TestMethod]
    public void A_sender_that_fails_before_its_turn_leaves_the_line_and_the_others_keep_their_turns()
    {
        Participant head = Enter("Head");
        var failing = new Participant("Failing", new FailingOutbox());
        _channel.Enter(failing);
        Participant last = Enter("Last");
        Congest(head);
        TestThread first = Start(head, "message 0");
        Assert.ThrowsExactly<InsufficientMemoryException>(() => _channel.Broadcast(failing, Frame.Encode("message of nobody")));
        TestThread second = Start(last, "message 1");

        _member.RoundUntil(() => !first.IsRunning && !second.IsRunning, "both should have had their turn");

        first.AwaitEnd();
        second.AwaitEnd();
        _member.RoundUntil(() => Texts().Length == 2, "the member should get all");
        Assert.AreSequenceEqual(["message 0", "message 1"], Texts());
    }

    [TestMethod]
    public void Without_memory_for_one_member_all_others_get_the_message_and_that_member_is_disconnected()
    {
        using var poor = new SendRig(writer: _member.Writer, allocate: _ => throw new InsufficientMemoryException());
        SendRig[] before = [.. Enumerable.Range(0, 3).Select(_ => EnterRig())];
        _channel.Enter(new Participant("Poor", poor.Queue));
        SendRig[] after = [.. Enumerable.Range(0, 3).Select(_ => EnterRig())];
        Participant sender = Enter("Sender");

        _channel.Broadcast(sender, Frame.Encode("message 0"));
        _channel.Broadcast(sender, Frame.Encode("message 1"));

        _member.RoundUntil(() => poor.Target.Aborts.Length > 0, "the member without memory should be cut off");
        foreach (SendRig rig in (SendRig[])[.. before, .. after, _member])
        {
            _member.RoundUntil(() => Texts(rig).Length == 2, "the others should have both messages");
            Assert.AreSequenceEqual(["message 0", "message 1"], Texts(rig));
            Assert.IsEmpty(rig.Target.Aborts);
        }

        Assert.AreEqual(0, poor.Target.TakenCount, "It is disconnected: its stream has no gap.");
    }

    private SendRig EnterRig()
    {
        Enter("Member");
        return _rigs[^1];
    }

    private TestThread Start(Participant sender, string text)
    {
        TestThread thread = TestThread.Start(text, () => _channel.Broadcast(sender, Frame.Encode(text)));
        thread.AwaitBlocked();
        return thread;
    }

    private Participant Enter(string name)
    {
        var rig = new SendRig(writer: _member.Writer);
        _rigs.Add(rig);
        var participant = new Participant(name, rig.Queue);
        _channel.Enter(participant);
        return participant;
    }

    private void Congest(Participant sender)
    {
        _member.Target.Takes = offered => Math.Min(offered, Frame.Size);
        _channel.Broadcast(sender, new byte[(Soft + 1) * Frame.Size]);
        Assert.IsTrue(_member.Queue.IsCongested);
    }

    private string[] Texts() => Texts(_member);

    private static string[] Texts(SendRig rig) => [.. rig.Target.Taken.Chunk(Frame.Size).Select(frame => Frame.Decode(frame))
        .Where(text => text.StartsWith("message", StringComparison.Ordinal))];
}
