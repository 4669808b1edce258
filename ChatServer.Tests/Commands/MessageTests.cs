using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class MessageTests
{
    [TestMethod]
    public void A_message_reaches_every_other_member_and_no_other_client()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");
        ChatUser elsewhere = chat.AdmitTo("coffee", "Dave");
        ChatUser nowhere = chat.Admit("Eve");

        alice.Sends("Hello!");

        alice.GotNothing();
        bob.Got("[Alice] Hello!");
        carol.Got("[Alice] Hello!");
        elsewhere.GotNothing();
        nowhere.GotNothing();
    }

    [TestMethod]
    public void The_message_of_a_lone_member_reaches_no_client()
    {
        using var chat = new Chat();
        ChatUser alice = chat.AdmitTo("tea", "Alice");

        alice.Sends("Hello?");

        alice.GotNothing();
    }

    [TestMethod]
    public void Nothing_more_is_done_for_a_client_that_was_removed()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser _) = chat.Three("tea");
        alice.Participant.IsRemoved = true;

        alice.Sends("Hello!", "/create coffee", "/list");

        alice.GotNothing();
        bob.GotNothing();
        bob.Sends("/list");
        bob.Got("tea");
    }

    [TestMethod]
    public void Without_a_channel_each_message_is_answered()
    {
        using var chat = new Chat();
        ChatUser alice = chat.Admit("Alice");
        ChatUser bob = chat.AdmitTo("tea", "Bob");

        alice.Sends("Hello?", "Anybody?");

        const string Answer = "Not currently in any channel. Must join a channel before sending messages.";
        alice.Got(Answer, Answer);
        bob.GotNothing();
    }

    [TestMethod]
    [DataRow("  indented", "[Alice]   indented", DisplayName = "leading spaces belong to the text")]
    [DataRow(" /list", "[Alice]  /list", DisplayName = "a slash behind a space is text")]
    [DataRow("with its newline\r\n", "[Alice] with its newline")]
    [DataRow("trailing \t ", "[Alice] trailing")]
    [DataRow("[Bob] I am Bob", "[Alice] [Bob] I am Bob")]
    [DataRow("a\nb\tc\u001b[31md\0e\u007ff", "[Alice] a b c [31md e f", DisplayName = "controls become spaces")]
    [DataRow("a\u0085b\u2028c\u202ed\u2066e", "[Alice] abcde", DisplayName = "other controls are dropped")]
    [DataRow("filled up with NULs\0\0\0", "[Alice] filled up with NULs")]
    [DataRow("👩‍👩‍👧 e\u0301", "[Alice] 👩‍👩‍👧 e\u0301")]
    public void A_text_is_delivered_in_its_cleaned_form(string text, string received)
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");

        alice.Sends(text);

        bob.Got(received);
    }

    [TestMethod]
    public void Invalid_bytes_are_delivered_as_question_marks()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");

        alice.SendsFrames([.. "a"u8, 0xff, .. "b"u8, 0xe2, 0x82, .. new string(' ', 195).Select(c => (byte)c)]);

        bob.Got("[Alice] a?b??");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(" \t ")]
    [DataRow("\n")]
    [DataRow("\r\n")]
    public void A_blank_frame_is_ignored_in_a_channel_and_without_one(string blank)
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");
        ChatUser dave = chat.Admit("Dave");

        alice.Sends(blank, "text", blank);
        dave.Sends(blank);

        alice.GotNothing();
        bob.Got("[Alice] text");
        carol.Got("[Alice] text");
        dave.GotNothing();
    }

    [TestMethod]
    [DataRow("\0\0\0")]
    [DataRow("\u202e\u2066")]
    public void A_text_that_is_empty_after_cleaning_is_not_delivered(string text)
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");

        alice.Sends("before", text, "after");

        bob.Got("[Alice] before", "[Alice] after");
    }

    [TestMethod]
    public void Messages_and_commands_of_one_receive_are_handled_in_order()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");
        ChatUser dave = chat.AdmitTo("coffee", "Dave");

        alice.Sends("one", "two", "/list", "three", "/join coffee", "four", "/nope", "", "five", "/create cocoa", "six");

        alice.Got("coffee\ntea", "/nope is not a valid control message. Valid messages are /create, /list, and /join.");
        bob.Got("[Alice] one", "[Alice] two", "[Alice] three", "Alice has left");
        dave.Got("Alice has joined", "[Alice] four", "[Alice] five", "Alice has left");
    }

    [TestMethod]
    public void A_batch_of_messages_reaches_each_member_in_one_append()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");
        int before = bob.Outbox.Appends;

        const int OneRun = MessageBatch.MaxBytes / Frame.Size;
        alice.Sends([.. Enumerable.Range(0, OneRun + 1).Select(i => $"message {i}")]);

        bob.Got([.. Enumerable.Range(0, OneRun + 1).Select(i => $"[Alice] message {i}")]);
        Assert.AreEqual(before + 2, bob.Outbox.Appends, "One run, and the message that did not fit it.");
    }

    [TestMethod]
    [DataRow("x", "")]
    [DataRow("x", " ")]
    [DataRow("x", "/nope")]
    [DataRow("x", "\u0001")]
    [DataRow("x", "y")]
    public void A_batch_takes_only_the_memory_of_its_frames(string first, string second)
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");

        alice.Sends([.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? first : second)]);

        Assert.IsGreaterThan(0, bob.Outbox.Appends);
        Assert.AreEqual(0, bob.Outbox.UncountedBytes);
    }
}
