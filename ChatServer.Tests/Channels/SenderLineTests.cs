using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Channels;

[TestClass]
public sealed class SenderLineTests
{
    private readonly SenderLine _line = new();

    [TestMethod]
    public void The_first_sender_is_the_head_and_the_turn_passes_in_the_order_of_arrival()
    {
        (Participant alice, Participant bob, Participant carol) = (Make("Alice"), Make("Bob"), Make("Carol"));

        Assert.IsTrue(_line.Add(alice));
        Assert.IsFalse(_line.Add(bob));
        Assert.IsFalse(_line.Add(carol));

        Assert.AreSame(bob, _line.Remove(alice));
        Assert.AreSame(carol, _line.Remove(bob));
        Assert.IsNull(_line.Remove(carol));
        Assert.AreEqual(0, _line.Count);
    }

    [TestMethod]
    public void A_sender_behind_the_head_that_leaves_does_not_pass_on_the_turn()
    {
        (Participant alice, Participant bob, Participant carol) = (Make("Alice"), Make("Bob"), Make("Carol"));
        _line.Add(alice);
        _line.Add(bob);
        _line.Add(carol);

        Assert.IsNull(_line.Remove(bob));

        Assert.AreEqual(2, _line.Count);
        Assert.AreSame(carol, _line.Remove(alice));
    }

    [TestMethod]
    public void A_long_line_releases_its_memory_when_it_is_empty()
    {
        Participant[] senders = [.. Enumerable.Range(0, 1000).Select(i => Make($"Sender {i}"))];
        Array.ForEach(senders, sender => _line.Add(sender));

        Array.ForEach(senders, sender => _line.Remove(sender));

        Assert.IsLessThanOrEqualTo(64, _line.Capacity);
    }

    private static Participant Make(string name) => new(name, new RecordingOutbox());
}
