using System.Net;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Channels;

[TestClass]
public sealed class SenderLineTests
{
    private static readonly byte[] JoinedFrame = WireFrame.Encode("Ana has joined");

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
    public void An_address_with_many_senders_delays_the_sender_of_another_one_by_one_turn()
    {
        Participant[] many = [.. Enumerable.Range(0, 100).Select(i => Make($"Many {i}", "192.0.2.1"))];
        Array.ForEach(many, sender => _line.Add(sender));
        (Participant ben, Participant eva) = (Make("Ben", "198.51.100.2"), Make("Eva", "2001:db8::2"));
        _line.Add(ben);
        _line.Add(eva);

        Assert.AreSequenceEqual(["Many 0", "Ben", "Eva", "Many 1", "Many 2"], Names(many[0], 5));
    }

    [TestMethod]
    public void A_sender_that_comes_late_does_not_overtake_the_head_and_waits_for_one_turn_of_each_other_address()
    {
        Participant[] many = [.. Enumerable.Range(0, 10).Select(i => Make($"Many {i}", "192.0.2.1"))];
        Array.ForEach(many, sender => _line.Add(sender));
        _line.Remove(many[0]);
        _line.Remove(many[1]);

        Assert.IsFalse(_line.Add(Make("Ben", "198.51.100.2")));
        Assert.IsFalse(_line.Add(Make("Eva", "203.0.113.3")));

        Assert.AreSequenceEqual(["Many 2", "Ben", "Eva", "Many 3", "Many 4"], Names(many[2], 5));
    }

    [TestMethod]
    public void Addresses_whose_senders_always_come_again_have_the_same_number_of_turns()
    {
        string[] addresses = ["192.0.2.1", "203.0.113.4", "198.51.100.2", "2001:db8::3"];
        int[] connections = [1, 1, 7, 50]; // two addresses with one each must not keep a round from ending
        var turns = new Dictionary<string, int>();
        Participant head = Make("First", addresses[3]);
        _line.Add(head);
        for (int i = 0; i < addresses.Length; i++)
        {
            for (int n = 0; n < connections[i]; n++)
            {
                _line.Add(Make($"{addresses[i]}, {n}", addresses[i]));
            }
        }

        for (int i = 0; i < 400; i++)
        {
            string address = head.Founder.Address!;
            turns[address] = turns.GetValueOrDefault(address) + 1;
            Participant next = _line.Remove(head)!;
            _line.Add(head);
            head = next;
        }

        foreach (string address in addresses)
        {
            Assert.AreEqual(100, turns[AddressPath.Of(IPAddress.Parse(address))], delta: 1, address);
        }
    }

    [TestMethod]
    [DataRow("192.0.2.1", "192.0.2.1")]
    [DataRow("2001:db8::1", "2001:db8::ffff")]
    [DataRow("127.0.0.1", "127.0.0.2")]
    public void Senders_of_one_address_or_of_one_IPv6_network_have_their_turns_in_the_order_of_arrival(string first, string second)
    {
        Participant[] senders = [Make("One", first), Make("Two", first), Make("Three", second), Make("Four", first)];
        Array.ForEach(senders, sender => _line.Add(sender));

        Assert.AreSequenceEqual(["One", "Two", "Three", "Four"], Names(senders[0], 4));
    }

    [TestMethod]
    public void A_sender_that_is_not_congested_does_not_wait_for_members_of_its_address_for_which_others_wait()
    {
        Participant[] slow = [.. Enumerable.Range(0, 100).Select(i => MakeCongested($"Slow {i}"))];
        Array.ForEach(slow, sender => _line.Add(sender));
        (Participant ana, Participant ben) = (Make("Ana"), Make("Ben"));

        Assert.IsFalse(_line.Add(ana), "The head keeps its turn.");
        _line.Add(ben);

        Assert.AreSequenceEqual(["Slow 0", "Ana", "Slow 1", "Ben", "Slow 2"], Names(slow[0], 5));
    }

    [TestMethod]
    public void A_congested_sender_has_no_more_turns_than_in_the_order_of_arrival_and_not_fewer()
    {
        Participant[] fast = [.. Enumerable.Range(0, 4).Select(i => Make($"Fast {i}"))];
        Array.ForEach(fast, sender => _line.Add(sender));
        Participant slow = MakeCongested("Slow");
        _line.Add(slow);
        List<string> turns = [];

        for (Participant head = fast[0]; turns.Count < 12;)
        {
            turns.Add(head.Name);
            Participant next = _line.Remove(head)!;
            _line.Add(head);
            head = next;
        }

        Assert.AreSequenceEqual(
            ["Fast 0", "Fast 1", "Fast 2", "Fast 3", "Slow", "Fast 0", "Fast 1", "Fast 2", "Fast 3", "Slow"],
            turns.Take(10));
    }

    [TestMethod]
    public void A_sender_that_is_congested_only_while_it_waits_leaves_the_line_as_it_came()
    {
        var outbox = new RecordingOutbox { IsSlow = true };
        var slow = new Participant("Slow", outbox);
        Participant head = Make("Head");
        _line.Add(head);
        _line.Add(slow);
        outbox.Append(JoinedFrame);

        Assert.AreSame(slow, _line.Remove(head));
        Assert.IsNull(_line.Remove(slow));
        Assert.IsTrue(_line.Add(slow));
        outbox.WaitForSpace();
        Assert.IsNull(_line.Remove(slow));
        Assert.AreEqual(0, _line.Count);
    }

    [TestMethod]
    public void Senders_behind_the_head_that_leave_change_nothing_for_the_others()
    {
        Participant[] senders =
        [
            Make("A1", "192.0.2.1"), Make("A2", "192.0.2.1"), Make("A3", "192.0.2.1"), Make("B1", "198.51.100.2"), Make("C1", "203.0.113.3"), Make("C2", "203.0.113.3"),
        ];
        Array.ForEach(senders, sender => _line.Add(sender));

        Assert.IsNull(_line.Remove(senders[3]), "the only sender of its address");
        Assert.IsNull(_line.Remove(senders[1]), "one of several");

        Assert.AreSequenceEqual(["A1", "C1", "C2", "A3"], Names(senders[0], 4));
        Assert.AreEqual(0, _line.Count);
    }

    [TestMethod]
    public void The_frames_of_the_head_are_those_of_the_sender_that_has_the_turn()
    {
        (Participant ana, Participant ann, Participant ben) = (Make("Ana", "192.0.2.1"), Make("Ann", "192.0.2.1"), Make("Ben", "198.51.100.2"));
        _line.Add(ana, new byte[1]);
        _line.Add(ann, new byte[2]);
        _line.Add(ben);

        Assert.AreEqual(1, _line.FramesOfHead()?.Length);
        Assert.AreSame(ben, _line.Remove(ana));
        Assert.IsNull(_line.FramesOfHead());
        Assert.AreSame(ann, _line.Remove(ben));
        Assert.AreEqual(2, _line.FramesOfHead()?.Length);
    }

    [TestMethod]
    public void A_long_line_releases_its_memory_when_it_is_empty()
    {
        Participant[] senders = [.. Enumerable.Range(0, 1000).Select(i => Make($"Sender {i}"))];
        Array.ForEach(senders, sender => _line.Add(sender));

        Array.ForEach(senders, sender => _line.Remove(sender));

        Assert.IsLessThanOrEqualTo(64, _line.Capacity);
    }

    private static Participant Make(string name, string? address = null) =>
        new(name, new RecordingOutbox(), address is null ? null : AddressPath.Of(IPAddress.Parse(address)));

    private static Participant MakeCongested(string name)
    {
        var outbox = new RecordingOutbox { IsSlow = true };
        outbox.Append(JoinedFrame);
        return new Participant(name, outbox);
    }

    /// <summary>The names of the senders that have the next turns.</summary>
    private List<string> Names(Participant head, int count)
    {
        List<string> names = [];
        for (Participant? next = head; next is not null && names.Count < count; next = _line.Remove(next))
        {
            names.Add(next.Name);
        }

        return names;
    }
}
