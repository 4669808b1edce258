using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class AdmitTests
{
    private const string Rejection = "That name cannot be used: a name has 1 to 64 bytes and no brackets or line breaks.";

    [TestMethod]
    public void Connecting_causes_no_frame_for_any_client()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");

        ChatUser dave = chat.Admit("Dave");

        dave.GotNothing();
        alice.GotNothing();
        bob.GotNothing();
        carol.GotNothing();
    }

    [TestMethod]
    public void The_first_frame_is_the_name_even_if_it_looks_like_a_command()
    {
        using var chat = new Chat();

        ChatUser person = chat.Admit("/create tea");

        person.GotNothing();
        Assert.AreEqual("/create tea", person.Participant.Name);
        person.Sends("/list");
        person.GotNothing();
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("[Panda]")]
    [DataRow("Pan\nda")]
    [DataRow("Me")]
    [DataRow("Ann\u200b")]
    public void An_invalid_name_is_rejected_with_one_answer(string name)
    {
        using var chat = new Chat();
        var outbox = new RecordingOutbox();

        Assert.IsNull(chat.Dispatcher.Admit(Frame.Encode(name), outbox));

        Assert.AreSequenceEqual([Rejection], outbox.Take());
    }

    [TestMethod]
    public void Two_clients_may_have_the_same_name()
    {
        using var chat = new Chat();
        ChatUser first = chat.AdmitTo("tea", "Panda");

        ChatUser second = chat.AdmitTo("tea", "Panda");
        second.Sends("Hello!");

        first.Got("Panda has joined", "[Panda] Hello!");
        second.GotNothing();
    }

    [TestMethod]
    public void With_unique_names_the_second_client_is_rejected_and_the_first_is_not_affected()
    {
        using var chat = new Chat(uniqueNames: true);
        ChatUser first = chat.AdmitTo("tea", "Panda");
        var outbox = new RecordingOutbox();

        Assert.IsNull(chat.Dispatcher.Admit(Frame.Encode("Panda"), outbox));

        Assert.AreSequenceEqual(["The name Panda is already in use."], outbox.Take());
        first.GotNothing();
        Assert.IsNull(chat.Dispatcher.Admit(Frame.Encode("Panda"), outbox), "still in use after a rejection");
    }

    [TestMethod]
    public void With_unique_names_a_name_that_is_the_same_after_cleaning_is_rejected()
    {
        using var chat = new Chat(uniqueNames: true);
        chat.Admit("Panda");
        var outbox = new RecordingOutbox();

        Assert.IsNull(chat.Dispatcher.Admit(Frame.Encode("Pan\u202eda\r\n"), outbox));

        Assert.AreSequenceEqual(["The name Panda is already in use."], outbox.Take());
    }

    [TestMethod]
    public void With_unique_names_a_name_is_free_again_when_its_client_has_left()
    {
        using var chat = new Chat(uniqueNames: true);
        ChatUser first = chat.AdmitTo("tea", "Panda");

        first.Leaves();

        Assert.AreEqual("Panda", chat.Admit("Panda").Participant.Name);
    }

    [TestMethod]
    public void With_unique_names_other_names_are_free()
    {
        using var chat = new Chat(uniqueNames: true);
        chat.Admit("Panda");

        Assert.AreEqual("Pandas", chat.Admit("Pandas").Participant.Name);
    }
}
