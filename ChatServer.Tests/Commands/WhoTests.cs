using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class WhoTests
{
    [TestMethod]
    [DataRow("/who")]
    [DataRow("/who tea")]
    [DataRow("/who tea and more", DisplayName = "words after the channel are ignored")]
    public void The_names_of_a_channel_come_in_order_with_that_of_the_sender(string command)
    {
        using var chat = new Chat(extended: true);
        ChatUser carol = chat.AdmitTo("tea", "Carol");
        ChatUser bob = chat.AdmitTo("tea", "Bob");
        chat.AdmitTo("coffee", "Dave");
        chat.Admit("Eve");
        carol.Got("Bob has joined");

        carol.Sends(command);

        carol.Got("Bob\nCarol");
        bob.GotNothing();
    }

    [TestMethod]
    public void The_members_of_another_channel_can_be_requested()
    {
        using var chat = new Chat(extended: true);
        chat.AdmitTo("tea", "Ana Maria");
        ChatUser bob = chat.Admit("Bob");
        ChatUser carol = chat.AdmitTo("coffee", "Carol");

        bob.Sends("/who tea");
        carol.Sends("/who tea");

        bob.Got("Ana Maria");
        carol.Got("Ana Maria");
    }

    [TestMethod]
    public void An_unknown_channel_and_an_empty_one_have_different_answers()
    {
        using var chat = new Chat(extended: true);
        ChatUser alice = chat.AdmitTo("tea", "Alice");
        alice.Sends("/leave", "/who tea", "/who cocoa", "/list");

        alice.Got("Nobody is in channel tea.", "No channel named cocoa exists. Try '/create cocoa'?", "tea");
    }

    [TestMethod]
    public void Without_a_channel_the_answer_names_the_missing_argument()
    {
        using var chat = new Chat(extended: true);
        ChatUser alice = chat.Admit("Alice");

        alice.Sends("/who");

        alice.Got("/who command must be followed by the name of a channel, or be sent from within a channel.");
    }

    [TestMethod]
    public void Many_names_come_in_several_frames_and_no_name_is_cut()
    {
        using var chat = new Chat(extended: true);
        string[] names = [.. Enumerable.Range(0, 500).Select(i => $"{i:000}{new string('é', 30)}")];
        foreach (string name in names)
        {
            chat.AdmitTo("tea", name);
        }

        ChatUser asker = chat.Admit("Asker");
        asker.Sends("/who tea");

        // 63 bytes each and a line break between: 3 to a frame.
        asker.Got([.. names.Chunk(3).Select(chunk => string.Join('\n', chunk))]);
    }
}
