using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatClient.Session;

namespace ThreadedChat.ChatServer.Tests.Client.Session;

[TestClass]
public sealed class FenceTests
{
    private const string Answer = "/join command must be followed by the name of a channel to join.";

    private readonly FakeTimeProvider _time = new();
    private readonly Fence _fence;

    public FenceTests() => _fence = new Fence(_time);

    [TestMethod]
    public void Answers_belong_to_the_requests_in_order()
    {
        _fence.Ask(3, isOwn: true);
        _fence.Ask(5, isOwn: false);
        _fence.Ask(6, isOwn: true);

        Assert.AreEqual((true, 3, true), Take(Answer));
        Assert.AreEqual((true, 5, false), Take(Answer), "The user has typed this one, and sees its answer.");
        Assert.AreEqual((true, 6, true), Take(Answer));
        Assert.AreEqual((false, 0, false), Take(Answer), "There was no request.");
    }

    [TestMethod]
    [DataRow("[Alice] /join command must be followed by the name of a channel to join.")]
    [DataRow("/join command must be followed by the name of a channel to join")]
    [DataRow("/join command must be followed by the name of a channel to join. Alice has joined")]
    [DataRow("/join command must be followed by the name of a channel to join.\nroom")]
    [DataRow("No channel named  exists. Try '/create '?")]
    [DataRow("")]
    public void Only_the_exact_text_is_an_answer(string text)
    {
        _fence.Ask(3, isOwn: true);

        Assert.AreEqual((false, 0, false), Take(text));
        Assert.IsTrue(_fence.IsOpen);
    }

    [TestMethod]
    public void A_server_that_never_answers_has_two_seconds()
    {
        _fence.Ask(3, isOwn: true);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.IsFalse(_fence.Expire());

        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.IsTrue(_fence.Expire());
        Assert.IsTrue(_fence.IsOff);
        Assert.IsFalse(_fence.Expire(), "Only once.");
    }

    [TestMethod]
    public void A_server_that_has_answered_may_be_slow()
    {
        _fence.Ask(3, isOwn: true);
        Take(Answer);
        _fence.Ask(5, isOwn: true);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.IsFalse(_fence.Expire());
        Assert.AreEqual(TimeSpan.FromSeconds(29), _fence.Lag);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.IsTrue(_fence.Expire());
    }

    [TestMethod]
    public void A_late_answer_is_hidden_and_turns_the_fence_on_again()
    {
        _fence.Ask(3, isOwn: true);
        _time.Advance(Fence.FirstAnswer);
        _fence.Expire();

        Assert.AreEqual((true, 3, true), Take(Answer));
        Assert.IsFalse(_fence.IsOff);
    }

    [TestMethod]
    public void A_command_of_the_user_does_not_delay_other_lines()
    {
        _fence.Ask(3, isOwn: false);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.IsFalse(_fence.IsOpen);
        Assert.IsFalse(_fence.Expire());
        Assert.AreEqual(TimeSpan.Zero, _fence.Lag);
    }

    [TestMethod]
    public void A_connection_that_ends_at_the_first_fence_turns_the_fence_off_permanently()
    {
        _fence.Ask(3, isOwn: true);

        _fence.Begin();

        Assert.IsTrue(_fence.IsOff, "Perhaps the server has ended because of it.");
    }

    [TestMethod]
    public void A_server_that_has_answered_may_end_at_any_time_and_later_gets_a_fence_again()
    {
        _fence.Ask(3, isOwn: true);
        Take(Answer);
        _fence.Ask(4, isOwn: true);

        _fence.Begin();

        Assert.IsFalse(_fence.IsOff);
        Assert.IsFalse(_fence.IsOpen);
        Assert.IsFalse(_fence.IsProven, "The next server may be another program.");
    }

    private (bool IsAnswer, long Frame, bool IsOwn) Take(string text) => (_fence.TryAnswer(text, out long frame, out bool isOwn), frame, isOwn);
}
