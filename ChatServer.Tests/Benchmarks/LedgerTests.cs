using ThreadedChat.ChatServer.Benchmarks.Load;

namespace ThreadedChat.ChatServer.Tests.Benchmarks;

/// <summary>The load benchmark reports that every delivery was right, so it must find each wrong one.</summary>
[TestClass]
public sealed class LedgerTests
{
    // Two channels of three members, of whom two send: 0, 2 and 4 are in the first, 1, 3 and 5 in the second.
    private static readonly Workload Load = new("T") { Channels = 2, Members = 3, Senders = 2, Messages = 3 };

    private const int Sender = 0;
    private const int Receiver = 4;
    private const int MemberElsewhere = 5;
    private const int SilentMember = 4;

    private readonly Ledger _ledger = new(Load);

    [TestMethod]
    public void The_ledger_accepts_a_run_in_which_every_client_gets_every_message_once_and_in_order()
    {
        foreach ((int sender, int sequence) in AllMessages())
        {
            Assert.AreEqual(sequence, _ledger.Send(sender));
        }

        foreach ((int sender, int sequence) in AllMessages())
        {
            foreach (int receiver in Enumerable.Range(0, Load.Connections).Where(other => other != sender && other % 2 == sender % 2))
            {
                Assert.IsFalse(_ledger.IsComplete);
                Assert.IsTrue(Deliver(receiver, sender, sequence));
            }
        }

        Assert.IsTrue(_ledger.IsComplete);
        Assert.AreEqual(Load.Deliveries, _ledger.Delivered);
        Assert.IsTrue(_ledger.Errors.None);
    }

    [TestMethod]
    public void A_delivery_that_never_comes_is_lost()
    {
        Send(3);

        Deliver(Receiver, Sender, 0);
        Deliver(Receiver, Sender, 2);

        // The other receiver has had none of the three.
        Assert.AreEqual(new LoadErrors(Lost: 1 + 3, 0, 0, 0, 0), _ledger.Errors);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void A_delivery_that_comes_again_is_doubled(int sequence)
    {
        Send(2);
        Deliver(Receiver, Sender, 0);
        Deliver(Receiver, Sender, 1);

        Assert.IsFalse(Deliver(Receiver, Sender, sequence));

        Assert.AreEqual(new LoadErrors(Lost: 2, Doubled: 1, 0, 0, 0), _ledger.Errors);
        Assert.AreEqual(2, _ledger.Delivered);
    }

    [TestMethod]
    public void A_delivery_that_comes_after_a_later_one_is_reordered_and_not_lost()
    {
        Send(3);

        Deliver(Receiver, Sender, 2);
        Deliver(Receiver, Sender, 0);
        Deliver(Receiver, Sender, 1);

        Assert.AreEqual(new LoadErrors(Lost: 3, 0, Reordered: 2, 0, 0), _ledger.Errors);
        Assert.AreEqual(3, _ledger.Delivered);
    }

    [TestMethod]
    public void A_reordered_delivery_that_comes_again_is_doubled()
    {
        Send(2);
        Deliver(Receiver, Sender, 1);
        Deliver(Receiver, Sender, 0);

        Deliver(Receiver, Sender, 0);

        Assert.AreEqual(new LoadErrors(Lost: 2, Doubled: 1, Reordered: 1, 0, 0), _ledger.Errors);
    }

    [TestMethod]
    [DataRow(Receiver, Sender, 1, DisplayName = "not sent yet")]
    [DataRow(Receiver, Sender, -1, DisplayName = "no sequence number at all")]
    [DataRow(Sender, Sender, 0, DisplayName = "to its own sender")]
    [DataRow(MemberElsewhere, Sender, 0, DisplayName = "to another channel")]
    [DataRow(2, SilentMember, 0, DisplayName = "from a client that does not send")]
    [DataRow(Receiver, -2, 0, DisplayName = "from a name without a client")]
    public void A_delivery_that_no_client_sent_is_wrong(int receiver, int sender, int sequence)
    {
        Send(1);

        Assert.IsFalse(Deliver(receiver, sender, sequence));

        Assert.AreEqual(new LoadErrors(Lost: 2, 0, 0, Wrong: 1, 0), _ledger.Errors);
        Assert.AreEqual(0, _ledger.Delivered);
    }

    private void Send(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ledger.Send(Sender);
        }
    }

    private bool Deliver(int receiver, int sender, int sequence) => _ledger.Deliver(receiver, new Stamp(sender, sequence, 0));

    private static IEnumerable<(int Sender, int Sequence)> AllMessages() =>
        from sequence in Enumerable.Range(0, Load.Messages)
        from sender in Enumerable.Range(0, Load.Channels * Load.Senders)
        select (sender, sequence);
}
