using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class BackPressureTests
{
    [TestMethod]
    public void Who_sent_to_a_slow_reader_waits_for_it_once_and_for_nobody_else()
    {
        using var chat = new Chat();
        (Person alice, Person bob, Person carol) = chat.Three("tea");
        bob.Outbox.IsSlow = true;

        alice.Sends("one");
        alice.Sends("two");
        alice.Participant.AwaitCongested();

        Assert.AreEqual(1, bob.Outbox.Waits);
        Assert.AreEqual(0, carol.Outbox.Waits);
    }

    [TestMethod]
    public void Nobody_waits_while_frames_are_being_done()
    {
        using var chat = new Chat();
        (Person alice, Person bob, _) = chat.Three("tea");
        bob.Outbox.IsSlow = true;

        alice.Sends("one", "/list", "two", "/join tea");

        Assert.AreEqual(0, bob.Outbox.Waits);
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
