using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Sending;

/// <summary>Clients that cause much work for themselves alone take turns; each waits on its own thread, as readers do.</summary>
[TestClass]
public sealed class WorkTurnsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly WorkTurns _turns;
    private readonly Writer _writer;

    public WorkTurnsTests()
    {
        _turns = new WorkTurns(places: 1, _time);
        _writer = new Writer(new Faults(new FaultLog()), work: _turns);
    }

    public void Dispose() => _writer.Dispose();

    [TestMethod]
    public void A_burst_of_commands_and_a_steady_rate_need_no_turn()
    {
        var share = new WorkShare(_time);
        for (int i = 0; i < WorkShare.Burst; i++)
        {
            Assert.IsFalse(share.Spend(200));
        }

        Assert.IsTrue(share.Spend(200));
        for (int second = 0; second < 10; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(second == 0 ? 2 : 1)); // one command was too much before
            for (int i = 0; i < WorkShare.Rate; i++)
            {
                Assert.IsFalse(share.Spend(200));
            }
        }
    }

    [TestMethod]
    public void A_long_answer_counts_as_several_commands_and_costs_no_more_than_a_burst_later()
    {
        var share = new WorkShare(_time);
        Assert.IsTrue(share.Spend(1_000_000 * WorkShare.AnswerBytes));
        _time.Advance(TimeSpan.FromSeconds(WorkShare.Burst / (double)WorkShare.Rate) / 2);
        Assert.IsTrue(share.Spend(0));

        _time.Advance(TimeSpan.FromSeconds(WorkShare.Burst / (double)WorkShare.Rate));
        Assert.IsFalse(share.Spend(0));
    }

    [TestMethod]
    public void A_client_that_has_used_up_its_share_needs_a_turn_until_some_time_has_passed()
    {
        WorkTurn turn = Heavy().Work;
        Assert.IsTrue(turn.IsNeeded());

        _time.Advance(TimeSpan.FromSeconds((2 * WorkShare.Burst / (double)WorkShare.Rate) + 1));

        Assert.IsFalse(turn.IsNeeded());
        Assert.IsFalse(Client().Work.IsNeeded(), "It has done nothing.");
    }

    [TestMethod]
    public void Clients_work_in_the_order_in_which_they_came()
    {
        SenderWait first = Client(), second = Client(), third = Client();
        first.Work.Take();
        List<int> order = [];
        TestThread[] threads = [.. ((SenderWait[])[second, third]).Select((client, i) =>
        {
            TestThread thread = TestThread.Start($"client {i}", () =>
            {
                client.Work.Take();
                order.Add(i);
                client.Work.End();
            });
            thread.AwaitBlocked();
            return thread;
        })];

        first.Work.End();

        Array.ForEach(threads, thread => thread.AwaitEnd());
        Assert.AreSequenceEqual([0, 1], order);
        first.Work.Take(); // the line is empty: it does not wait
    }

    [TestMethod]
    public void A_turn_is_over_after_a_time_and_only_if_others_wait()
    {
        SenderWait one = Heavy(), other = Heavy();
        one.Work.Take();
        _time.Advance(WorkTurns.Length);
        Assert.IsFalse(one.Work.MustTake(WorkShare.AnswerBytes * WorkShare.Burst), "No other client waits.");

        TestThread thread = TestThread.Start("the other client", () => other.Work.Take());
        thread.AwaitBlocked();
        Assert.IsTrue(one.Work.MustTake(WorkShare.AnswerBytes * WorkShare.Burst));
        one.Work.End();

        thread.AwaitEnd();
        Assert.IsFalse(other.Work.MustTake(WorkShare.AnswerBytes * WorkShare.Burst), "Its turn has just begun.");
    }

    [TestMethod]
    public void A_client_that_waits_for_anything_else_gives_up_its_turn()
    {
        SenderWait one = Client(), other = Client();
        one.Work.Take();
        TestThread thread = TestThread.Start("the other client", () => other.Work.Take());
        thread.AwaitBlocked();

        one.Begin(SenderWaitKind.SlowMember);

        thread.AwaitEnd();
        one.End();
    }

    [TestMethod]
    public void A_client_that_keeps_its_turn_holds_up_the_others_for_a_bounded_time_and_they_keep_nothing()
    {
        SenderWait stuck = Client(), other = Client(), last = Client();
        stuck.Work.Take();

        TestThread.Start("the other client", () => other.Work.Take()).AwaitEnd();
        stuck.Work.End();

        last.Work.Take(); // does not wait: nobody is in the line
        Assert.IsFalse(_turns.IsOver(_turns.Now - TimeSpan.FromHours(1).Ticks), "Nobody waits.");
    }

    [TestMethod]
    public void A_client_that_has_left_waits_no_more_for_its_turn_and_keeps_nothing()
    {
        int looks = 0;
        SenderWait stuck = Client(), leaving = new(new FakeTarget(), _writer, Limits, _time, hasLeft: () => ++looks == 2);
        stuck.Work.Take();

        leaving.Work.Take();

        Assert.AreEqual(2, looks, "Without the end of the client it looks many times.");
        stuck.Work.End();
        Assert.IsTrue(IsFree(), "Nobody is in the line.");
    }

    [TestMethod]
    public void Several_places_are_taken_at_the_same_time()
    {
        using var writer = new Writer(new Faults(new FaultLog()), work: new WorkTurns(places: 2, _time));
        SenderWait[] clients = [.. Enumerable.Range(0, 4).Select(_ => Client(writer))];
        clients[0].Work.Take();
        clients[1].Work.Take();
        TestThread third = TestThread.Start("the third", () => clients[2].Work.Take());
        third.AwaitBlocked();
        TestThread fourth = TestThread.Start("the fourth", () => clients[3].Work.Take());
        fourth.AwaitBlocked();

        clients[1].Work.End();
        third.AwaitEnd();
        clients[0].Work.End();
        fourth.AwaitEnd();
    }

    [TestMethod]
    public void While_memory_is_tight_a_client_waits_until_it_has_read_its_answers()
    {
        const int Limit = 10_000_000;
        var budget = new MemoryBudget(Limit, 0, _ => 0);
        using var writer = new Writer(new Faults(new FaultLog()), budget);
        using var rig = new SendRig(writer: writer);
        rig.Target.Takes = _ => 0;
        rig.Append(100);
        rig.Queue.Work(0); // there is memory enough
        budget.Add((Limit / 2) + 1);

        TestThread thread = TestThread.Start("a client that does not read its answers", () => rig.Queue.Work(0));
        thread.AwaitBlocked();
        rig.Target.Takes = offered => offered;

        rig.RoundUntil(() => !thread.IsRunning, "the client should continue");
        thread.AwaitEnd();
        Assert.IsEmpty(rig.Target.Aborts);
    }

    [TestMethod]
    [TestCategory(SlowTest.Category)]
    public void A_client_that_has_to_be_checked_many_times_waits_on()
    {
        int looks = 0;

        Client().WaitUntilRead(() => ++looks == 70);

        Assert.AreEqual(70, looks);
    }

    private bool IsFree()
    {
        WorkTurn probe = Client().Work;
        bool isFree = _turns.Join(probe);
        _turns.Leave(probe);
        return isFree;
    }

    private static SendLimits Limits => new(1_000, 2_000, TimeSpan.FromHours(1));

    private SenderWait Client(Writer? writer = null) => new(new FakeTarget(), writer ?? _writer, Limits, _time);

    /// <summary>One that has used up its burst.</summary>
    private SenderWait Heavy()
    {
        SenderWait client = Client();
        Assert.IsTrue(client.Work.MustTake(WorkShare.AnswerBytes * 2 * WorkShare.Burst));
        return client;
    }
}
