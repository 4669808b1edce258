using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.History;

/// <summary>Clients that ask the history, each on a thread of its own, as readers do. A query lasts until the test lets it end.</summary>
[TestClass]
public sealed class QueryTurnsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<Asker> _askers = [];
    private readonly List<string> _order = [];
    private QueryTurns _turns;

    public QueryTurnsTests() => _turns = new QueryTurns(places: 1, _time);

    public void Dispose() => _askers.ForEach(asker => asker.Dispose());

    [TestMethod]
    public void Those_that_have_used_the_same_come_in_the_order_in_which_they_came()
    {
        Asker first = Ask("a", "first");
        Asker second = Ask("b", "second");
        Asker third = Ask("c", "third");

        first.End();
        second.End();
        third.End();

        Assert.AreSequenceEqual(["first", "second", "third"], _order);
        Assert.IsTrue(first.IsAnswered && second.IsAnswered && third.IsAnswered);
    }

    [TestMethod]
    public void The_address_that_has_used_least_comes_first_however_many_of_another_wait()
    {
        Uses("crowd", "one", TimeSpan.FromSeconds(5));
        Asker running = Ask("crowd", "two");
        Asker[] crowd = [.. Enumerable.Range(0, 10).Select(i => Ask("crowd", $"crowd {i}"))];
        Asker alone = Ask("elsewhere", "alone");

        running.End();

        alone.AwaitBegun();
        alone.End();
        Array.ForEach(crowd, asker => asker.End());
        Assert.AreEqual("alone", _order[2]);
        Assert.IsTrue(crowd.All(asker => asker.IsAnswered), "The others only come later.");
    }

    [TestMethod]
    public void Within_an_address_the_client_that_has_used_least_comes_first()
    {
        Uses("class", "flooder", TimeSpan.FromSeconds(5));
        Asker running = Ask("class", "another");
        Asker flooder = Ask("class", "flooder");
        Asker quiet = Ask("class", "quiet");

        running.End();
        quiet.End();
        flooder.End();

        Assert.AreSequenceEqual(["flooder", "another", "quiet", "flooder"], _order);
    }

    [TestMethod]
    public void What_was_used_is_forgotten_ten_times_more_slowly_than_it_was_used()
    {
        Uses("a", "old", TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(20));
        Asker running = Ask("c", "running");
        Asker old = Ask("a", "old");
        Asker fresh = Ask("fresh", "fresh");

        running.End();
        old.End();
        fresh.End();

        Assert.AreSequenceEqual(["old", "running", "old", "fresh"], _order);
    }

    [TestMethod]
    public void One_address_leaves_a_place_to_the_others()
    {
        _turns = new QueryTurns(places: 2, _time);
        Asker one = Ask("a", "one");
        Asker two = Ask("a", "two");
        two.AwaitWaiting();

        Asker other = Ask("b", "other");
        other.AwaitBegun();

        one.End();
        two.AwaitBegun();
        two.End();
        other.End();
    }

    [TestMethod]
    public void When_too_many_wait_one_of_the_address_with_most_is_rejected()
    {
        Asker running = Ask("a", "running");
        List<Asker> waiting = [.. Enumerable.Range(0, QueryTurns.MostWaiting - 1).Select(i => Ask("a", $"a{i}"))];
        Asker other = Ask("b", "b");
        Asker last = Ask("a", "last");
        last.AwaitRejected();

        Asker another = Ask("c", "c", hasAsked: () => waiting[^1].IsOver);

        waiting[^1].AwaitRejected(); // it came last of those of the address with most
        waiting.RemoveAt(waiting.Count - 1);
        Asker[] others = [running, other, another, .. waiting];
        Array.ForEach(others, asker => asker.MayEnd());
        Array.ForEach(others, asker => asker.End());
        Assert.IsTrue(others.All(asker => asker.IsAnswered));
        Assert.AreEqual(0, _turns.Waiting);
    }

    [TestMethod]
    public void When_as_many_addresses_wait_one_that_has_used_more_is_rejected_and_then_the_one_that_came_last()
    {
        Uses("a0", "a0", TimeSpan.FromSeconds(5));
        Asker running = Ask("a", "running");
        List<Asker> waiting = [.. Enumerable.Range(0, QueryTurns.MostWaiting).Select(i => Ask($"a{i}", $"a{i}"))];

        waiting.Add(Ask("b", "b", hasAsked: () => waiting[0].IsOver));
        waiting[0].AwaitRejected();
        waiting.RemoveAt(0);
        Asker last = Ask("c", "c");
        last.AwaitRejected();

        Asker[] others = [running, .. waiting];
        Array.ForEach(others, asker => asker.MayEnd());
        Array.ForEach(others, asker => asker.End());
        Assert.IsTrue(others.All(asker => asker.IsAnswered));
    }

    [TestMethod]
    public void A_client_waits_for_a_bounded_time_and_then_takes_no_place()
    {
        Asker running = Ask("a", "running");

        Assert.IsFalse(_turns.TryRun("b", "b", TimeSpan.Zero, () => Assert.Fail("There is no place.")));

        Assert.AreEqual(0, _turns.Waiting);
        running.End();
        Assert.IsTrue(_turns.TryRun("b", "b", TimeSpan.Zero, () => { }));
    }

    [TestMethod]
    public void A_query_is_not_run_for_a_client_that_has_left_the_line()
    {
        Asker running = Ask("a", "running");
        int looks = 0;
        bool isAnswered = true;
        TestThread leaving = TestThread.Start("the client that leaves", () =>
            isAnswered = _turns.TryRun("b", "b", Limit.Wait * 10, () => Assert.Fail("It has left."), isOver: () => ++looks > 1));

        leaving.AwaitEnd();

        Assert.IsFalse(isAnswered);
        Assert.AreEqual(0, _turns.Waiting);
        running.End();
        Assert.IsFalse(_turns.TryRun("b", "b", TimeSpan.Zero, () => Assert.Fail("It has left."), isOver: () => true));
        Assert.IsTrue(_turns.TryRun("b", "b", TimeSpan.Zero, () => { }), "The place is given back.");
    }

    [TestMethod]
    public void A_query_that_fails_gives_its_place_back()
    {
        Assert.ThrowsExactly<InvalidOperationException>(
            () => _turns.TryRun("a", "a", Limit.Wait, () => throw new InvalidOperationException()));

        Assert.IsTrue(_turns.TryRun("a", "a", TimeSpan.Zero, () => { }));
    }

    /// <summary>A client has used a place for some time, and nobody else wanted it.</summary>
    private void Uses(string address, string client, TimeSpan used)
    {
        Asker asker = Ask(address, client);
        asker.AwaitBegun();
        _time.Advance(used);
        asker.End();
    }

    /// <summary>A client asks. When this returns, its query runs, or it waits.</summary>
    private Asker Ask(string address, string client, Func<bool>? hasAsked = null)
    {
        int waiting = _turns.Waiting;
        var asker = new Asker(_turns, address, client, _order);
        _askers.Add(asker);
        Eventually.True(hasAsked ?? (() => asker.HasBegun || asker.IsOver || _turns.Waiting > waiting), "the client should have asked");
        return asker;
    }

    private sealed class Asker : IDisposable
    {
        private readonly ManualResetEventSlim _begun = new();
        private readonly ManualResetEventSlim _mayEnd = new();
        private readonly TestThread _thread;

        public Asker(QueryTurns turns, string address, string client, List<string> order) =>
            _thread = TestThread.Start(client, () => IsAnswered = turns.TryRun(address, client, Limit.Wait, () =>
            {
                order.Add(client); // one at a time, or in the order that the test waits for
                _begun.Set();
                Assert.IsTrue(_mayEnd.Wait(Limit.Wait));
            }));

        public bool IsAnswered { get; private set; }

        public bool HasBegun => _begun.IsSet;

        public bool IsOver => !_thread.IsRunning;

        public void AwaitBegun() => Assert.IsTrue(_begun.Wait(Limit.Wait), "The query should have begun.");

        public void AwaitWaiting() => _thread.AwaitBlocked();

        public void AwaitRejected()
        {
            _thread.AwaitEnd();
            Assert.IsFalse(IsAnswered);
        }

        public void MayEnd() => _mayEnd.Set();

        /// <summary>Waits until the query runs, and lets it end.</summary>
        public void End()
        {
            AwaitBegun();
            MayEnd();
            _thread.AwaitEnd();
        }

        public void Dispose()
        {
            _mayEnd.Set();
            _thread.AwaitEnd();
            _mayEnd.Dispose();
            _begun.Dispose();
        }
    }
}
