using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class MsgTests
{
    [TestMethod]
    public void A_private_message_reaches_one_person_wherever_that_person_is()
    {
        using var chat = new Chat(extended: true);
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");
        ChatUser dave = chat.AdmitTo("coffee", "Dave");
        ChatUser eve = chat.Admit("Eve");

        alice.Sends("/msg Bob in the same channel", "/msg Dave in another", "/msg Eve in none");
        eve.Sends("/msg Alice back");

        alice.Got("[[Eve]] back");
        bob.Got("[[Alice]] in the same channel");
        dave.Got("[[Alice]] in another");
        eve.Got("[[Alice]] in none");
        carol.GotNothing();
    }

    [TestMethod]
    public void Public_and_private_messages_of_one_sender_keep_their_order()
    {
        using var chat = new Chat(extended: true);
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");

        alice.Sends("one", "/msg Bob two", "three", "/msg Bob four");

        bob.Got("[Alice] one", "[[Alice]] two", "[Alice] three", "[[Alice]] four");
        carol.Got("[Alice] one", "[Alice] three");
    }

    [TestMethod]
    [DataRow("/msg bob hi", DisplayName = "other case")]
    [DataRow("/msg BOB   hi", DisplayName = "blanks in front of the text")]
    [DataRow("/msg [Bob] hi")]
    [DataRow("/msg [Bob]hi")]
    [DataRow("/msg [ bob ] hi")]
    [DataRow("/msg\u3000Bob\u00a0hi", DisplayName = "blanks of other kinds")]
    public void The_name_is_found_as_unique_names_are_compared(string command)
    {
        using var chat = new Chat(extended: true);
        ChatUser bob = chat.Admit("Bob");
        ChatUser alice = chat.Admit("Alice");

        alice.Sends(command);

        bob.Got("[[Alice]] hi");
        alice.GotNothing();
    }

    [TestMethod]
    public void A_name_with_blanks_needs_brackets_so_that_a_longer_name_gets_no_message_for_a_shorter_one()
    {
        using var chat = new Chat(extended: true);
        ChatUser ana = chat.Admit("Ana");
        ChatUser anaIs = chat.Admit("Ana is");
        ChatUser bob = chat.Admit("Bob");

        bob.Sends("/msg Ana is here", "/msg [Ana is] you");

        ana.Got("[[Bob]] is here");
        anaIs.Got("[[Bob]] you");
    }

    [TestMethod]
    public void Spaces_within_the_text_stay()
    {
        using var chat = new Chat(extended: true);
        ChatUser bob = chat.Admit("Bob");

        bob.Sends("/msg Bob  to  myself [x] /y");

        bob.Got("[[Bob]] to  myself [x] /y");
    }

    [TestMethod]
    [DataRow("/msg")]
    [DataRow("/msg Bob")]
    [DataRow("/msg Bob  \t ")]
    [DataRow("/msg [Bob]")]
    [DataRow("/msg [] hi")]
    [DataRow("/msg [ ] hi")]
    [DataRow("/msg \u2800 \u3164")]
    public void A_missing_name_or_text_is_answered_in_one_line(string command)
    {
        using var chat = new Chat(extended: true);
        ChatUser bob = chat.Admit("Bob");
        ChatUser alice = chat.Admit("Alice");

        alice.Sends(command);

        alice.Got("/msg command must be followed by a name and a text.");
        bob.GotNothing();
    }

    [TestMethod]
    [DataRow("/msg Carol hi", "Carol", DisplayName = "never there")]
    [DataRow("/msg Bob hi", "Bob", DisplayName = "gone")]
    [DataRow("/msg [Bob hi", "[Bob", DisplayName = "a bracket that is not closed")]
    [DataRow("/msg Al ice", "Al", DisplayName = "a part of a name")]
    public void An_unknown_name_is_answered_in_one_line(string command, string name)
    {
        using var chat = new Chat(extended: true);
        chat.Admit("Bob").Leaves();
        ChatUser alice = chat.Admit("Alice");

        alice.Sends(command);

        alice.Got($"Nobody named {name} is here.");
    }

    [TestMethod]
    public void A_name_that_is_free_again_belongs_to_the_next_client_that_takes_it()
    {
        using var chat = new Chat(extended: true);
        ChatUser old = chat.Admit("Bob");
        ChatUser alice = chat.Admit("Alice");
        alice.Sends("/msg Bob one");
        old.Got("[[Alice]] one");
        old.Leaves();
        ChatUser bob = chat.Admit("bob");

        alice.Sends("/msg Bob two");

        bob.Got("[[Alice]] two");
        old.GotNothing();
    }

    [TestMethod]
    public void A_name_can_be_taken_once()
    {
        using var chat = new Chat(extended: true);
        chat.Admit("Bob");
        var outbox = new RecordingOutbox();

        Assert.IsNull(chat.Dispatcher.Admit(Frame.Encode("BOB"), outbox));
        Assert.AreSequenceEqual(["The name BOB is already in use."], outbox.Take());
    }

    [TestMethod]
    public void A_long_text_is_cut_like_a_message_and_no_byte_is_lost()
    {
        using var chat = new Chat(extended: true);
        string name = new('n', 64);
        ChatUser bob = chat.Admit("B");
        ChatUser alice = chat.Admit(name);
        string text = string.Concat(Enumerable.Repeat("é", 96));

        alice.Sends($"/msg B {text}");

        // 69 bytes in front, 131 left: 65 letters of two bytes.
        bob.Got($"[[{name}]] {text[..65]}", $"[[{name}]] {text[65..]}");
    }

    [TestMethod]
    public void A_sender_waits_for_a_slow_receiver_before_its_next_private_message()
    {
        using var chat = new Chat(extended: true);
        ChatUser bob = chat.Admit("Bob");
        ChatUser alice = chat.Admit("Alice");
        bob.Outbox.IsSlow = true;

        alice.Sends("/msg Bob one", "/msg Bob two");

        Assert.AreEqual(1, bob.Outbox.Waits);
        bob.Got("[[Alice]] one", "[[Alice]] two");
        Assert.AreEqual(2 * Frame.Size, alice.Outbox.Spent, "It counts as any other delivery.");
    }
}
