using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class UnknownCommandTests
{
    [TestMethod]
    [DataRow("/quit", "/quit")]
    [DataRow("/quit now", "/quit")]
    [DataRow("/", "/")]
    [DataRow("/ list", "/")]
    [DataRow("/joinx tea", "/joinx")]
    [DataRow("/JOIN tea", "/JOIN")]
    public void The_answer_names_the_unknown_word_and_nothing_changes(string line, string word)
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");

        alice.Sends(line, "still here");

        alice.Got($"{word} is not a valid control message. Valid messages are /create, /list, and /join.");
        bob.Got("[Alice] still here");
        carol.Got("[Alice] still here");
    }

    [TestMethod]
    public void A_word_too_long_for_the_answer_is_shortened_in_it()
    {
        using var chat = new Chat();
        ChatUser alice = chat.Admit("Alice");

        alice.Sends("/" + new string('x', 199));

        const string Rest = " is not a valid control message. Valid messages are /create, /list, and /join.";
        alice.Got("/" + new string('x', 200 - 1 - Rest.Length) + Rest);
    }

    [TestMethod]
    public void The_word_in_the_answer_is_cleaned()
    {
        using var chat = new Chat();
        ChatUser alice = chat.Admit("Alice");

        alice.Sends("/\u202e\u001b[31mred\u0085");

        alice.Got("/ is not a valid control message. Valid messages are /create, /list, and /join.");
    }
}
