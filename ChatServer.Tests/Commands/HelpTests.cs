using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class HelpTests
{
    [TestMethod]
    [DataRow("/help")]
    [DataRow("/help me", DisplayName = "words behind it are ignored")]
    public void Each_command_has_one_line_of_one_frame(string command)
    {
        using var chat = new Chat(extended: true);
        ChatUser alice = chat.Admit("Alice");

        alice.Sends(command);

        alice.Got(
            "/create CHANNEL: make a channel and enter it",
            "/join CHANNEL: enter a channel",
            "/leave: leave the channel",
            "/list: the names of all channels",
            "/who [CHANNEL]: the names of the people in a channel",
            "/msg NAME TEXT: a message to one person. A name with spaces stands in brackets: /msg [Ana Maria] hello",
            "/help: these lines");
    }

    [TestMethod]
    [DataRow("/who")]
    [DataRow("/who tea")]
    [DataRow("/msg Bob hi")]
    [DataRow("/leave")]
    [DataRow("/help")]
    [DataRow("/history")]
    [DataRow("/search tea")]
    public void Without_the_extended_mode_the_extended_commands_are_unknown_words(string command)
    {
        using var chat = new Chat();
        ChatUser bob = chat.AdmitTo("tea", "Bob");
        ChatUser alice = chat.AdmitTo("tea", "Alice");
        bob.Got("Alice has joined");

        alice.Sends(command, "still here");

        alice.Got($"{command.Split(' ')[0]} is not a valid control message. Valid messages are /create, /list, and /join.");
        bob.Got("[Alice] still here");
    }

    [TestMethod]
    [DataRow("/what now")]
    [DataRow("/MSG Bob hi")]
    [DataRow("/helpme")]
    [DataRow("/history", DisplayName = "without a history")]
    [DataRow("/search tea", DisplayName = "without a history to search")]
    public void In_the_extended_mode_an_unknown_word_gets_the_text_of_the_assignment(string command)
    {
        using var chat = new Chat(extended: true);
        ChatUser alice = chat.Admit("Alice");

        alice.Sends(command);

        alice.Got($"{command.Split(' ')[0]} is not a valid control message. Valid messages are /create, /list, and /join.");
    }
}
