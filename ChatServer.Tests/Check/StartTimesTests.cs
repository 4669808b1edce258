using ThreadedChat.ChatCheck.Suites.Client;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.Check;

[TestClass]
public sealed class StartTimesTests
{
    private static readonly Timeouts Timeouts = new() { Reply = TimeSpan.FromSeconds(3), Start = TimeSpan.FromSeconds(60) };

    [TestMethod]
    public void A_first_start_has_the_whole_limit()
    {
        var starts = new StartTimes(Timeouts);

        Assert.AreEqual(Timeouts.Start, starts.Limit);
        Assert.AreEqual(Timeouts.Start, starts.ConnectLimit);
    }

    [TestMethod]
    public void A_wait_for_a_client_that_never_connects_lasts_as_long_as_the_slowest_start()
    {
        var starts = new StartTimes(Timeouts);
        starts.AddConnected(TimeSpan.FromSeconds(5));
        starts.AddConnected(TimeSpan.FromSeconds(1));

        Assert.AreEqual(TimeSpan.FromSeconds(23), starts.Limit);

        starts.AddConnected(TimeSpan.FromSeconds(50));
        Assert.AreEqual(Timeouts.Start, starts.Limit);
    }

    [TestMethod]
    public void A_client_that_has_never_connected_gets_less_time_than_one_that_has()
    {
        var starts = new StartTimes(Timeouts);
        starts.AddFailed();
        Assert.AreEqual(TimeSpan.FromSeconds(15), starts.ConnectLimit);

        starts.AddConnected(TimeSpan.FromSeconds(10));
        Assert.AreEqual(Timeouts.Start, starts.ConnectLimit);
    }

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, true)]
    public void A_name_has_the_time_of_an_answer_until_one_name_has_not_come(bool hasCome, bool endsWhenIdle)
    {
        var starts = new StartTimes(Timeouts with { Idle = TimeSpan.Zero });
        var clock = new CaseClock(Timeouts with { Idle = TimeSpan.Zero }) { WatchProgram = () => () => true };
        Assert.IsFalse(starts.AwaitName(clock).IsOver);

        starts.AddName(hasCome);

        Assert.AreEqual(endsWhenIdle, starts.AwaitName(clock).IsOver);
        Assert.IsFalse(clock.WasCutShort, "A missing name has a case of its own.");
    }

    [TestMethod]
    [DataRow(true, false)] // it was late once, and the client may sleep before it sends the next one
    [DataRow(false, true)]
    public void If_any_name_has_come_the_next_one_has_the_time_of_an_answer(bool first, bool second)
    {
        var starts = new StartTimes(Timeouts);
        var clock = new CaseClock(Timeouts with { Idle = TimeSpan.Zero }) { WatchProgram = () => () => true };
        starts.AddName(first);

        starts.AddName(second);

        Assert.IsFalse(starts.AwaitName(clock).IsOver);
    }
}
