using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Channels;

/// <summary>
/// A sender whose turn ends does what those behind it wait to do, so that the channel does not wait until their threads run. Here
/// these threads run only if the test lets them.
/// </summary>
[TestClass]
public sealed class ServedSendersTests : IDisposable
{
    private const int Soft = 64;

    private readonly SendRig _member = new(Soft);
    private readonly SendRig _headRig;
    private readonly Participant _head;
    private readonly Channel _channel;
    private readonly ManualResetEventSlim _mayRun = new();

    public ServedSendersTests()
    {
        _channel = new Channel("tea", new Participant("Member", _member.Queue));
        _headRig = new SendRig(writer: _member.Writer);
        _head = new Participant("Head", _headRig.Queue);
        _channel.Enter(_head);
        _member.RoundUntil(() => _member.Queue.QueuedBytes == 0, "the member should get all");
        _member.Target.Takes = offered => Math.Min(offered, Frame.Size);
        _channel.Broadcast(_head, new byte[(Soft + 1) * Frame.Size]);
        Assert.IsTrue(_member.Queue.IsCongested);
    }

    public void Dispose()
    {
        _headRig.Dispose();
        _member.Dispose();
        _mayRun.Dispose();
    }

    [TestMethod]
    public void Messages_of_senders_in_line_arrive_in_order_although_their_threads_do_not_run()
    {
        TestThread first = Start("the head", () => _channel.Broadcast(_head, Frame.Encode("message 0")));
        TestThread[] parked = [.. Enumerable.Range(1, 6).Select(i =>
        {
            var sender = new Participant($"Sender{i}", new ParkedOutbox(_mayRun));
            return Start($"sender {i}", () => _channel.Broadcast(sender, Frame.Encode($"message {i}")));
        })];

        _member.RoundUntil(() => Texts().Length == 7, "the member should get all messages");

        first.AwaitEnd();
        Assert.AreSequenceEqual(Enumerable.Range(0, 7).Select(i => $"message {i}"), Texts());
        Assert.IsTrue(parked.All(thread => thread.IsRunning));
        _mayRun.Set();
        Array.ForEach(parked, thread => thread.AwaitEnd());
        _channel.Broadcast(_head, Frame.Encode("message 7"));
        _member.RoundUntil(() => Texts().Length == 8, "each message is sent once");
        Assert.IsFalse(_channel.HasBackPressure);
    }

    [TestMethod]
    public void One_turn_serves_others_until_it_has_sent_64_frames_and_the_next_turn_goes_on()
    {
        using var wide = new SendRig(softFrames: 1_000, writer: _member.Writer);
        var channel = new Channel("wide", new Participant("Member", wide.Queue));
        wide.Target.Takes = _ => 0;
        channel.Broadcast(_head, new byte[1_001 * Frame.Size]);
        Assert.IsTrue(wide.Queue.IsCongested);
        TestThread first = Start("the head", () => channel.Broadcast(_head, Frame.Encode("message 0")));
        ParkedOutbox[] outboxes = [.. Enumerable.Range(0, 6).Select(_ => new ParkedOutbox(_mayRun))];
        TestThread[] parked = [.. outboxes.Select((outbox, i) =>
            Start($"sender {i}", () => channel.Broadcast(new Participant($"Sender{i}", outbox), new byte[16 * Frame.Size])))];

        wide.Target.Takes = offered => offered;
        wide.RoundUntil(() => !first.IsRunning, "the head should have had its turn");
        wide.RoundUntil(() => wide.Queue.QueuedBytes == 0, "the member should get all");

        first.AwaitEnd();
        Assert.AreEqual((1_001 + 1 + 64) * Frame.Size, wide.Target.TakenCount, "its own frame, and the batches of four others");
        Assert.AreSequenceEqual([true, true, true, true, true, false], outboxes.Select(outbox => outbox.HasTurn), "The fifth has a turn of its own.");
        _mayRun.Set();
        Array.ForEach(parked, thread => thread.AwaitEnd());
        wide.RoundUntil(() => wide.Target.TakenCount == (1_001 + 1 + 96) * Frame.Size, "each batch is sent once");
    }

    [TestMethod]
    public void A_turn_lets_64_clients_go_that_wait_to_leave_and_the_next_turn_those_behind_them()
    {
        const int Served = 64;
        TestThread first = Start("the head", () => _channel.Broadcast(_head, Frame.Encode("message 0")));
        ParkedOutbox[] leavers = [.. Enumerable.Range(0, Served + 3).Select(_ => new ParkedOutbox(_mayRun))];
        TestThread[] threads = [.. leavers.Select((outbox, i) =>
            Start($"leaver {i}", () => _channel.WaitForSpace(new Participant($"Leaver{i}", outbox))))];

        _member.RoundUntil(() => !first.IsRunning, "the head should have had its turn");

        first.AwaitEnd();
        Assert.AreEqual(Served + 1, leavers.Count(outbox => outbox.HasTurn), "Those that were served, and the next one.");
        _mayRun.Set();
        Array.ForEach(threads, thread => thread.AwaitEnd());
        Assert.IsFalse(_channel.HasBackPressure);
    }

    [TestMethod]
    public void A_sender_of_another_address_is_served_before_the_second_one_of_an_address_with_many()
    {
        TestThread first = Start("the head", () => _channel.Broadcast(_head, Frame.Encode("message 0")));
        string[] addresses = ["one", "one", "one", "one", "two"];
        TestThread[] parked = [.. addresses.Select((address, i) =>
        {
            var sender = new Participant($"Sender{i}", new ParkedOutbox(_mayRun), address);
            return Start($"sender {i}", () => _channel.Broadcast(sender, Frame.Encode($"message {address} {i}")));
        })];

        _member.RoundUntil(() => Texts().Length == 6, "the member should get all messages");

        first.AwaitEnd();
        Assert.AreSequenceEqual(["message 0", "message one 0", "message two 4", "message one 1", "message one 2", "message one 3"], Texts());
        _mayRun.Set();
        Array.ForEach(parked, thread => thread.AwaitEnd());
    }

    [TestMethod]
    public void What_only_the_sender_itself_can_do_waits_for_its_thread_and_so_do_those_behind_it()
    {
        bool hasActed = false;
        var actor = new Participant("Actor", new ParkedOutbox(_mayRun));
        var last = new Participant("Last", new ParkedOutbox(_mayRun));
        TestThread first = Start("the head", () => _channel.Broadcast(_head, Frame.Encode("message 0")));
        TestThread second = Start("a sender that acts", () => _channel.InTurn(actor, () => hasActed = Texts().Length == 1));
        TestThread third = Start("the last sender", () => _channel.Broadcast(last, Frame.Encode("message 1")));

        _member.RoundUntil(() => Texts().Length == 1 && !first.IsRunning, "the head should have had its turn");
        _member.RoundUntil(() => _member.Queue.QueuedBytes == 0, "the member should get all");
        Assert.AreSequenceEqual(["message 0"], Texts());

        _mayRun.Set();
        second.AwaitEnd();
        third.AwaitEnd();
        _member.RoundUntil(() => Texts().Length == 2, "the last one should have had its turn");
        Assert.IsTrue(hasActed);
    }

    [TestMethod]
    public void Clients_that_wait_to_leave_are_let_go_together()
    {
        TestThread first = Start("the head", () => _channel.Broadcast(_head, Frame.Encode("message 0")));
        ParkedOutbox[] leavers = [.. Enumerable.Range(0, 5).Select(_ => new ParkedOutbox(_mayRun))];
        TestThread[] threads = [.. leavers.Select((outbox, i) =>
            Start($"leaver {i}", () => _channel.WaitForSpace(new Participant($"Leaver{i}", outbox))))];

        _member.RoundUntil(() => !first.IsRunning, "the head should have had its turn");

        Assert.IsTrue(leavers.All(outbox => outbox.HasTurn));
        _mayRun.Set();
        Array.ForEach(threads, thread => thread.AwaitEnd());
    }

    [TestMethod]
    public void If_a_delivery_for_a_served_sender_fails_the_line_goes_on()
    {
        using var rig = new SendRig(Soft, writer: _member.Writer);
        var channel = new Channel("broken", new Participant("Member", rig.Queue), new BrokenRecord());
        rig.Target.Takes = _ => 0;
        channel.BroadcastNow(_head, new byte[(Soft + 1) * Frame.Size]);
        TestThread first = Start("the head", () => channel.WaitForSpace(_head));
        var fails = new ParkedOutbox(_mayRun);
        var last = new ParkedOutbox(_mayRun);
        TestThread second = Start("a sender whose message fails", () => channel.Broadcast(new Participant("Fails", fails), Frame.Encode("message 0")));
        TestThread third = Start("a sender behind it", () => channel.WaitForSpace(new Participant("Last", last)));

        rig.Target.Takes = offered => offered;
        rig.RoundUntil(() => !first.IsRunning, "the head should have had its turn");

        Assert.ThrowsExactly<InvalidOperationException>(first.AwaitEnd);
        Assert.IsTrue(fails.HasTurn);
        Assert.IsTrue(last.HasTurn);
        _mayRun.Set();
        second.AwaitEnd();
        third.AwaitEnd();
        Assert.IsFalse(channel.HasBackPressure);
    }

    private static TestThread Start(string what, Action body)
    {
        TestThread thread = TestThread.Start(what, body);
        thread.AwaitBlocked();
        return thread;
    }

    private string[] Texts() => [.. _member.Target.Taken.Chunk(Frame.Size).Select(frame => Frame.Decode(frame))
        .Where(text => text.StartsWith("message", StringComparison.Ordinal))];

    /// <summary>Of a sender whose thread waits for its turn until the test lets it run.</summary>
    private sealed class ParkedOutbox(ManualResetEventSlim mayRun) : IOutbox
    {
        private volatile bool _hasTurn;

        public bool HasTurn => _hasTurn;

        public bool IsOpen => true;

        public bool IsCongested => false;

        public bool Append(ReadOnlyMemory<byte> frames) => false;

        public void WaitForSpace()
        {
        }

        public void WaitForTurn()
        {
            Assert.IsTrue(mayRun.Wait(Limit.Wait));
            Eventually.True(() => _hasTurn, "the turn should come");
        }

        public void GrantTurn() => _hasTurn = true;

        public void Spend(long bytes)
        {
        }
    }

    private sealed class BrokenRecord : IChannelRecord
    {
        public void Append(ReadOnlyMemory<byte> frames, RecordPlace? place = null) => throw new InvalidOperationException();

        public void Close()
        {
        }
    }
}
