using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Moderation;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Moderation;

[TestClass]
public sealed class MuteListTests
{
    private const string Muted = "A moderator has muted you: the others do not get your messages.";

    private readonly FakeTimeProvider _time = new();
    private readonly MuteList _mutes;
    private readonly RecordingOutbox _outbox = new();
    private readonly Participant _bob;

    public MuteListTests()
    {
        _mutes = new MuteList(_time);
        _bob = new Participant("Bob", _outbox);
    }

    [TestMethod]
    [DataRow("bob", true)]
    [DataRow("*", true)]
    [DataRow("Bobby", false)]
    public void A_name_or_everybody_is_muted(string name, bool isMuted)
    {
        Assert.IsTrue(_mutes.Add(name, until: null));

        Assert.AreEqual(isMuted, _mutes.Silences(_bob));
        Assert.AreSequenceEqual(isMuted ? [Muted] : [], _outbox.Take());
    }

    [TestMethod]
    public void A_muted_client_gets_a_notice_at_most_once_a_minute()
    {
        _mutes.Add("Bob", until: null);
        for (int i = 0; i < 100; i++)
        {
            Assert.IsTrue(_mutes.Silences(_bob));
        }

        Assert.AreSequenceEqual([Muted], _outbox.Take());
        _time.Advance(TimeSpan.FromSeconds(59));
        _mutes.Silences(_bob);
        Assert.IsEmpty(_outbox.Take());
        _time.Advance(TimeSpan.FromSeconds(1));
        _mutes.Silences(_bob);
        Assert.AreSequenceEqual([Muted], _outbox.Take());
    }

    [TestMethod]
    public void A_mute_ends_in_time_or_when_it_is_ended()
    {
        _mutes.Add("Bob", _time.GetUtcNow().AddMinutes(1));
        Assert.IsTrue(_mutes.Silences(_bob));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsFalse(_mutes.Silences(_bob));
        Assert.IsFalse(_mutes.Remove("Bob"));

        _mutes.Add("Bob", until: null);
        Assert.IsTrue(_mutes.Remove("BOB"));
        Assert.IsFalse(_mutes.Silences(_bob));
    }

    [TestMethod]
    public void Moderators_may_speak_while_everybody_is_muted()
    {
        _bob.IsModerator = true;
        _mutes.Add("*", until: null);

        Assert.IsFalse(_mutes.Silences(_bob));
        Assert.IsEmpty(_outbox.Take());
    }
}
