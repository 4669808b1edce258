using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Moderation;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Moderation;

[TestClass]
public sealed class ModeratorPaceTests
{
    private readonly FakeTimeProvider _time = new();

    [TestMethod]
    public void After_the_burst_a_moderator_waits_and_is_not_rejected()
    {
        using var ana = new LoopbackConnection();
        using var bea = new LoopbackConnection();
        ModeratorPace pace = Used(ana);
        bool? isAllowed = null;

        TestThread next = TestThread.Start("the next action", () => isAllowed = pace.Wait("ANA", ana.Connection));
        next.AwaitBlocked();
        Assert.IsTrue(pace.Wait("Bea", bea.Connection), "Another moderator has a burst of its own.");
        Assert.IsNull(isAllowed);

        _time.Advance(TimeSpan.FromSeconds(1));
        next.AwaitEnd();
        Assert.IsTrue(isAllowed);
    }

    [TestMethod]
    public void A_moderator_whose_connection_ends_does_nothing_more()
    {
        using var ana = new LoopbackConnection();
        ModeratorPace pace = Used(ana);
        bool? isAllowed = null;
        TestThread next = TestThread.Start("the next action", () => isAllowed = pace.Wait("Ana", ana.Connection));
        next.AwaitBlocked();

        ana.Connection.TryEnd(CloseReason.TakenOver);
        next.AwaitEnd();

        Assert.IsFalse(isAllowed);
        Assert.IsFalse(new ModeratorPace(_time).Wait("Ana", ana.Connection), "also if no wait is needed");
        Assert.IsFalse(new ModeratorPace(_time).Wait("Ana", connection: null));
    }

    [TestMethod]
    public void A_moderator_that_has_left_gets_no_answer()
    {
        var moderation = new ChatModeration(null!, new Presence(), new ModeratorPace(_time));

        Assert.IsEmpty(moderation.Announce(new Participant("Ana", new RecordingOutbox()), "hello"));
    }

    private ModeratorPace Used(LoopbackConnection connection)
    {
        var pace = new ModeratorPace(_time);
        for (int i = 0; i < ModeratorPace.Burst; i++)
        {
            Assert.IsTrue(pace.Wait("Ana", connection.Connection));
        }

        return pace;
    }
}
