using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class BackPressureTests
{
    [TestMethod]
    public void A_sender_waits_only_for_a_slow_reader_before_its_next_message()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");
        bob.Outbox.IsSlow = true;

        alice.Sends("one", "two");
        Assert.AreEqual(0, bob.Outbox.Waits, "The first message found room.");
        alice.Sends("three");

        Assert.AreEqual(1, bob.Outbox.Waits);
        Assert.AreEqual(0, carol.Outbox.Waits);
    }

    [TestMethod]
    public void Each_batch_and_each_join_waits_for_a_slow_reader_and_a_request_does_not()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");
        bob.Outbox.IsSlow = true;

        alice.Sends("one", "/list", "two", "/join tea", "three");

        Assert.AreEqual(3, bob.Outbox.Waits, "Before two, the join, and three.");
    }

    [TestMethod]
    public void A_create_and_a_leave_wait_for_a_slow_reader_of_the_old_channel()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");
        bob.Outbox.IsSlow = true;
        alice.Sends("one");

        alice.Sends("/create coffee");
        Assert.AreEqual(1, bob.Outbox.Waits, "The others get the notice that she has left.");
        carol.Leaves();

        Assert.AreEqual(2, bob.Outbox.Waits);
        bob.Got("[Alice] one", "Alice has left", "Carol has left");
    }

    [TestMethod]
    public void While_a_reader_is_slow_batches_are_short()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");
        bob.Outbox.IsSlow = true;
        alice.Sends("first");
        int before = bob.Outbox.Appends;

        alice.Sends([.. Enumerable.Range(0, 2 * MessageBatch.MaxBytesWhileSendersWait / Frame.Size).Select(i => $"message {i}")]);

        Assert.AreEqual(before + 2, bob.Outbox.Appends);
    }

    [TestMethod]
    public void A_sender_does_not_wait_for_itself_to_read_what_others_sent()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");
        alice.Outbox.IsSlow = true;
        bob.Sends("one");

        alice.Sends("two");

        Assert.AreEqual(0, alice.Outbox.Waits);
    }

    [TestMethod]
    public void A_slow_reader_that_has_left_delays_no_sender()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");
        bob.Outbox.IsSlow = true;
        alice.Sends("one");

        bob.Leaves();
        alice.Sends("two");

        Assert.AreEqual(0, bob.Outbox.Waits);
        carol.Got("[Alice] one", "Bob has left", "[Alice] two");
    }

    [TestMethod]
    public void Each_answer_to_a_client_itself_is_counted_before_its_next_command_and_costs_it_no_time_as_a_slow_member()
    {
        using var chat = new Chat();
        ChatUser alice = chat.Admit("Alice");
        alice.Outbox.IsSlow = true;
        (int works, long answered) = (alice.Outbox.Works, alice.Outbox.Answered);

        alice.Sends("no channel", "still none");

        Assert.AreEqual((works + 2, answered + (2 * Frame.Size)), (alice.Outbox.Works, alice.Outbox.Answered));
        Assert.AreEqual(0, alice.Outbox.Waits);
    }

    [TestMethod]
    public void Messages_notices_and_answers_count_as_deliveries_of_their_cause()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");
        long before = alice.Outbox.Spent;

        alice.Sends("to two others", "/nope", "/join tea");

        const int Message = 2, Answer = 1, Left = 2, Joined = 2;
        Assert.AreEqual((Message + Answer + Left + Joined) * Frame.Size, alice.Outbox.Spent - before);
        Assert.AreEqual(Frame.Size, bob.Outbox.Spent, "Bob has joined, and Alice has the notice.");
    }

    [TestMethod]
    public void Commands_blanks_and_messages_that_nobody_gets_are_work_for_the_sender_alone_and_messages_to_others_are_not()
    {
        using var chat = new Chat();
        (ChatUser alice, _, _) = chat.Three("tea");
        ChatUser alone = chat.AdmitTo("coffee", "Dora");
        (int, int) before = (alice.Outbox.Works, alone.Outbox.Works);

        alice.Sends("to two others", "and again");
        Assert.AreEqual(before, (alice.Outbox.Works, alone.Outbox.Works));

        alice.Sends("/nope", "", "/join tea");
        alone.Sends("to nobody", "again");

        Assert.AreEqual((before.Item1 + 3, before.Item2 + 2), (alice.Outbox.Works, alone.Outbox.Works), "Each message of a batch counts.");
        Assert.AreEqual(Frame.Size, alice.Outbox.Answered);
    }

    [TestMethod]
    public void A_long_answer_comes_in_chunks_each_of_which_is_counted_before_the_next()
    {
        const int Channels = 90;
        using var chat = new Chat();
        ChatUser alice = chat.Admit("Alice");
        alice.Sends([.. Enumerable.Range(0, Channels).Select(i => $"/create {i:d4}{new string('x', 150)}")]);
        Assert.IsEmpty(alice.Outbox.Take());
        int works = alice.Outbox.Works;

        alice.Sends("/list");

        Assert.HasCount(Channels, alice.Outbox.Take());
        int chunks = alice.Outbox.Appends;
        Assert.AreEqual((int)Math.Ceiling(Channels * Frame.Size / (double)MessageBatch.MaxBytes), chunks);
        Assert.AreEqual(chunks + 1, alice.Outbox.Works - works, "and the command itself");
    }

    [TestMethod]
    public void No_answer_is_made_for_a_disconnected_client()
    {
        using var chat = new Chat();
        ChatUser alice = chat.Admit("Alice");
        alice.Sends("/create tea");
        alice.Outbox.IsOpen = false;

        alice.Sends("/list", "/list");

        Assert.AreEqual(0, alice.Outbox.Appends);
    }
}
