using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests;

[TestClass]
public sealed class ReloadPartsTests
{
    private readonly FaultLog _log = new();
    private readonly List<string> _told = [];

    [TestMethod]
    public void A_reload_without_parts_reports_that_there_is_no_file()
    {
        Create().Reload();

        Assert.AreSequenceEqual(["there is no file to open again"], _told);
    }

    [TestMethod]
    public void All_parts_are_reloaded_also_behind_one_that_fails()
    {
        ReloadParts parts = Create();
        parts.Add("one", () => "one was read again");
        parts.Add("two", () => throw new InvalidOperationException());
        parts.Add("three", () => "three was read again");

        parts.Reload();

        Assert.AreSequenceEqual(["one was read again", "three was read again"], _told);
        Assert.HasCount(1, _log.Faults);
    }

    [TestMethod]
    public void A_signal_during_a_reload_causes_another_one_afterwards_and_never_two_at_a_time()
    {
        ReloadParts parts = Create();
        int reloads = 0;
        int running = 0;
        parts.Add("part", () =>
        {
            Assert.AreEqual(1, Interlocked.Increment(ref running));
            if (++reloads == 1)
            {
                TestThread.Start("the second signal", parts.Reload).AwaitEnd();
            }

            Interlocked.Decrement(ref running);
            return $"reload {reloads}";
        });

        parts.Reload();

        Assert.AreSequenceEqual(["reload 1", "reload 2"], _told);
        Assert.IsEmpty(_log.Faults);
    }

    private ReloadParts Create() => new(new Faults(_log), _told.Add);
}
