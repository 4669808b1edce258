using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatServer.Tests.Client.Terminals;

[TestClass]
public sealed class PauseWatchTests
{
    private TimeSpan _now = TimeSpan.FromHours(1);

    [TestMethod]
    public void A_running_process_has_no_pause()
    {
        using PauseWatch watch = Watch();
        for (int i = 0; i < 100; i++)
        {
            Pass(1.5);
            watch.Look();
        }

        Assert.IsNull(watch.Take(PauseWatch.Remembered));
    }

    [TestMethod]
    public void A_late_reading_of_the_clock_shows_a_pause()
    {
        using PauseWatch watch = Watch();
        Pass(40);

        Assert.AreEqual(TimeSpan.FromSeconds(40), watch.Take(PauseWatch.Remembered), "before any reading: the timer may run after the caller");
        Assert.IsNull(watch.Take(PauseWatch.Remembered), "each is reported once");

        Pass(50);
        watch.Look();
        Pass(1);
        watch.Look();
        Assert.AreEqual(TimeSpan.FromSeconds(50), watch.Take(PauseWatch.Remembered));
    }

    [TestMethod]
    public void A_pause_that_a_signal_reports_may_be_short()
    {
        using PauseWatch watch = Watch();
        Pass(0.5);
        watch.Look(isCertain: true);

        Assert.AreEqual(TimeSpan.FromSeconds(0.5), watch.Take(PauseWatch.Remembered));
    }

    [TestMethod]
    public void A_signal_after_a_pause_does_not_make_it_shorter()
    {
        using PauseWatch watch = Watch();
        TimeSpan measured = watch.Measure(() => Pass(30));
        Pass(0.1);
        watch.Look(isCertain: true);

        Assert.AreEqual(TimeSpan.FromSeconds(30), measured);
        Assert.AreEqual(measured, watch.Take(PauseWatch.Remembered));
    }

    [TestMethod]
    public void An_old_pause_is_not_reported()
    {
        using PauseWatch watch = Watch();
        watch.Measure(() => Pass(30));
        for (TimeSpan passed = TimeSpan.Zero; passed <= PauseWatch.Remembered; passed += PauseWatch.Interval)
        {
            Pass(PauseWatch.Interval.TotalSeconds);
            watch.Look();
        }

        Assert.IsNull(watch.Take(PauseWatch.Remembered));
    }

    [TestMethod]
    public void A_graceful_close_some_seconds_after_a_pause_is_not_explained_by_it()
    {
        using PauseWatch watch = Watch();
        watch.Measure(() => Pass(2));
        Run(watch, seconds: 4);
        Assert.AreEqual(TimeSpan.FromSeconds(2), watch.Take(PauseWatch.RememberedAtGoodEnd));

        watch.Measure(() => Pass(2));
        Run(watch, seconds: 8);
        Assert.IsNull(watch.Take(PauseWatch.RememberedAtGoodEnd));
    }

    private void Run(PauseWatch watch, int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            Pass(1);
            watch.Look();
        }
    }

    private PauseWatch Watch() => new(() => _now);

    private void Pass(double seconds) => _now += TimeSpan.FromSeconds(seconds);
}
