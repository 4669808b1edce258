using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class DepartureTests
{
    [TestMethod]
    public void Who_goes_is_announced_to_the_others_in_its_channel_once()
    {
        using var chat = new Chat();
        (Person alice, Person bob, Person carol) = chat.Three("tea");
        Person elsewhere = chat.AdmitTo("coffee", "Dave");
        Person nowhere = chat.Admit("Eve");

        alice.Leaves();

        alice.GotNothing();
        bob.Got("Alice has left");
        carol.Got("Alice has left");
        elsewhere.GotNothing();
        nowhere.GotNothing();
    }

    [TestMethod]
    public void Who_went_gets_nothing_any_more()
    {
        using var chat = new Chat();
        (Person alice, Person bob, Person carol) = chat.Three("tea");

        alice.Leaves();
        bob.Sends("Is she gone?");
        carol.Leaves();

        alice.GotNothing();
        bob.Got("Alice has left", "Carol has left");
    }

    [TestMethod]
    public void What_was_said_before_going_is_heard_before_the_departure()
    {
        using var chat = new Chat();
        (Person alice, Person bob, _) = chat.Three("tea");

        alice.Sends("Bye!");
        alice.Leaves();

        bob.Got("[Alice] Bye!", "Alice has left");
    }

    [TestMethod]
    public void What_was_asked_before_a_connection_broke_is_not_answered_and_what_was_said_is_delivered()
    {
        using var chat = new Chat();
        (Person alice, Person bob, _) = chat.Three("tea");
        Person dave = chat.AdmitTo("coffee", "Dave");
        alice.Outbox.IsOpen = false;

        alice.Sends("Bye!", "/list", "/nonsense", "/join", "/join nowhere", "/create tea", "/join coffee", "Hello!");

        alice.GotNothing();
        bob.Got("[Alice] Bye!", "Alice has left");
        dave.Got("Alice has joined", "[Alice] Hello!");
    }

    [TestMethod]
    public void Where_others_wait_for_their_turn_no_more_is_said_for_one_whose_connection_is_lost()
    {
        using var chat = new Chat();
        (Person alice, Person bob, _) = chat.Three("tea");
        bob.Outbox.IsSlow = true;
        alice.Sends("Bob cannot keep up.");
        bob.Outbox.Take();
        alice.Outbox.IsOpen = false;

        alice.Sends([.. Enumerable.Range(0, 100).Select(i => $"message {i}"), "/join nowhere", "the end"]);

        const int Batch = MessageBatch.MaxBytesInTurns / Frame.Size;
        bob.Got([.. Enumerable.Range(0, Batch).Select(i => $"[Alice] message {i}")]);
    }

    [TestMethod]
    public void Where_others_wait_for_their_turn_no_more_is_asked_for_one_whose_connection_is_lost()
    {
        using var chat = new Chat();
        (Person alice, Person bob, _) = chat.Three("tea");
        bob.Outbox.IsSlow = true;
        alice.Sends("Bob cannot keep up.");
        bob.Outbox.Take();
        alice.Outbox.IsOpen = false;

        alice.Sends("/join tea", "/join tea", "/join tea");

        bob.Got("Alice has left", "Alice has joined");
    }

    [TestMethod]
    public void Who_is_in_no_channel_goes_in_silence()
    {
        using var chat = new Chat();
        (Person alice, Person bob, Person carol) = chat.Three("tea");
        Person dave = chat.Admit("Dave");

        dave.Leaves();

        alice.GotNothing();
        bob.GotNothing();
        carol.GotNothing();
    }

    [TestMethod]
    public void Who_changed_channels_is_announced_in_the_last_one_only()
    {
        using var chat = new Chat();
        (Person alice, Person bob, _) = chat.Three("tea");
        Person dave = chat.AdmitTo("coffee", "Dave");
        alice.Sends("/join coffee");
        bob.Got("Alice has left");
        dave.Got("Alice has joined");

        alice.Leaves();

        bob.GotNothing();
        dave.Got("Alice has left");
    }

    [TestMethod]
    public void Of_two_with_one_name_only_the_one_that_goes_is_gone()
    {
        using var chat = new Chat();
        (Person alice, Person bob, Person carol) = chat.Three("tea");
        Person otherAlice = chat.AdmitTo("tea", "Alice");
        alice.Got("Alice has joined");
        bob.Got("Alice has joined");
        carol.Got("Alice has joined");

        alice.Leaves();
        otherAlice.Sends("I am still here");

        alice.GotNothing();
        otherAlice.Got("Alice has left");
        bob.Got("Alice has left", "[Alice] I am still here");
    }
}
