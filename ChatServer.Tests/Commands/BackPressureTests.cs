using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class BackPressureTests
{
    [TestMethod]
    public void Who_sent_a_run_to_a_slow_reader_waits_for_it_once_and_for_nobody_else()
    {
        using var chat = new Chat();
        (Person alice, Person bob, Person carol) = chat.Three("tea");
        bob.Outbox.IsSlow = true;

        alice.Sends("one", "two");

        Assert.AreEqual(1, bob.Outbox.Waits);
        Assert.AreEqual(0, carol.Outbox.Waits);
    }

    [TestMethod]
    public void Who_sent_to_a_slow_reader_waits_before_it_does_anything_else()
    {
        using var chat = new Chat();
        (Person alice, Person bob, _) = chat.Three("tea");
        bob.Outbox.IsSlow = true;

        alice.Sends("one", "/list", "two", "/join tea");

        Assert.AreEqual(3, bob.Outbox.Waits);
    }

    [TestMethod]
    public void Who_has_waited_does_not_wait_again_for_the_same()
    {
        using var chat = new Chat();
        (Person alice, Person bob, _) = chat.Three("tea");
        bob.Outbox.IsSlow = true;
        alice.Sends("one");
        alice.Participant.AwaitCongested();

        alice.Participant.AwaitCongested();

        Assert.AreEqual(1, bob.Outbox.Waits);
    }

    [TestMethod]
    public void Who_reads_its_own_answers_slowly_waits_for_itself()
    {
        using var chat = new Chat();
        Person alice = chat.Admit("Alice");
        alice.Outbox.IsSlow = true;

        alice.Sends("no channel");
        alice.Participant.AwaitCongested();

        Assert.AreEqual(1, alice.Outbox.Waits);
    }

    [TestMethod]
    public void A_long_answer_comes_in_parts_with_a_wait_after_each()
    {
        const int Channels = 90;
        using var chat = new Chat();
        Person alice = chat.Admit("Alice");
        alice.Sends([.. Enumerable.Range(0, Channels).Select(i => $"/create {i:d4}{new string('x', 150)}")]);
        Assert.IsEmpty(alice.Outbox.Take());
        alice.Outbox.IsSlow = true;

        alice.Sends("/list");

        Assert.HasCount(Channels, alice.Outbox.Take());
        int parts = alice.Outbox.Appends;
        Assert.AreEqual((int)Math.Ceiling(Channels * Frame.Size / (double)MessageRun.MaxBytes), parts);
        Assert.AreEqual(parts, alice.Outbox.Waits);
    }

    [TestMethod]
    public void A_client_that_was_cut_off_gets_no_answers_made_for_it()
    {
        using var chat = new Chat();
        Person alice = chat.Admit("Alice");
        alice.Sends("/create tea");
        alice.Outbox.IsOpen = false;

        alice.Sends("/list", "/list");

        Assert.AreEqual(0, alice.Outbox.Appends);
    }

    [TestMethod]
    public void A_notice_counts_like_a_message()
    {
        using var chat = new Chat();
        (Person alice, Person bob, Person carol) = chat.Three("tea");
        bob.Outbox.IsSlow = true;

        alice.Sends("/create coffee");
        carol.Leaves();
        alice.Participant.AwaitCongested();
        carol.Participant.AwaitCongested();

        Assert.AreEqual(2, bob.Outbox.Waits);
    }
}
