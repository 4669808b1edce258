using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.ChatClient.Session;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Client.Session;

[TestClass]
public sealed class AnswerWatchTests : IDisposable
{
    private const string Answer = "/join command must be followed by the name of a channel to join.";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _time = new();
    private readonly RecordedScreen _screen = new();
    private readonly Conversation _conversation;
    private TimeSpan _waited;
    private int _givenUp;

    public AnswerWatchTests()
    {
        _conversation = new Conversation(_time, usesFence: true);
        _conversation.Connected(1);
    }

    public void Dispose() => _screen.Dispose();

    [TestMethod]
    public void A_server_that_owes_an_answer_and_sends_nothing_counts_as_unreachable()
    {
        Enter("/create room");
        _conversation.NoteReceived(new ReceivedText(Answer));
        Enter("/create other");

        Assert.IsFalse(AwaitBytes(after: TimeSpan.FromMinutes(5)));
        Assert.AreEqual((1, Limit), (_givenUp, _waited));
        Assert.AreEqual("1 line on its way, 14 s", _screen.Statuses[^1]);
    }

    [TestMethod]
    public void A_server_that_sends_a_byte_in_time_is_reachable()
    {
        Enter("/create room");
        _conversation.NoteReceived(new ReceivedText(Answer));
        Enter("/create other");

        Assert.IsTrue(AwaitBytes(after: Limit - TimeSpan.FromSeconds(1)));
        Assert.AreEqual(0, _givenUp);
    }

    [TestMethod]
    public void A_server_without_an_open_request_may_be_silent()
    {
        Enter("/create room");
        _conversation.NoteReceived(new ReceivedText(Answer));

        Assert.IsTrue(AwaitBytes(after: TimeSpan.FromHours(1)));
    }

    [TestMethod]
    public void A_server_that_does_not_know_the_fence_may_be_silent_and_nothing_is_shown()
    {
        Enter("/create room");

        Assert.IsTrue(AwaitBytes(after: TimeSpan.FromHours(1)));
        Assert.AreSequenceEqual([""], _screen.Statuses);
    }

    private bool AwaitBytes(TimeSpan after) => new AnswerWatch(
        wait =>
        {
            _time.Advance(wait);
            _waited += wait;
            return _waited >= after;
        },
        () => _givenUp++,
        Limit,
        _screen,
        _conversation).AwaitBytes();

    private void Enter(string line)
    {
        _conversation.Typed(line, new LineFramer("Panda").Next(new LinePart(line, EndsLine: true)));
        Assert.IsNotNull(_conversation.Next());
    }
}
