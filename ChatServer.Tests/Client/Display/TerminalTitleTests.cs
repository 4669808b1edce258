using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatServer.Tests.Client.Display;

[TestClass]
public sealed class TerminalTitleTests
{
    [TestMethod]
    public void The_title_has_channel_name_server_and_unread_messages()
    {
        TerminalTitle title = Title();

        Assert.AreEqual("\e]2;Panda - localhost:55555\a", title.Show(null, 0));
        Assert.AreEqual("\e]2;168_tas - Panda - localhost:55555\a", title.Show("168_tas", 0));
        Assert.AreEqual("\e]2;(3) 168_tas - Panda - localhost:55555\a", title.Show("168_tas", 3));
    }

    [TestMethod]
    public void An_unchanged_title_is_written_again_only_if_another_program_may_have_changed_it()
    {
        TerminalTitle title = Title();
        title.Show("room", 0);

        Assert.AreEqual("", title.Show("room", 0));
        title.Forget();
        Assert.AreNotEqual("", title.Show("room", 0));
    }

    [TestMethod]
    [DataRow("a\a\e]2;evil", "a  ]2;evil")]
    [DataRow("a\e\\b", "a \\b")]
    [DataRow("a\u009cb\u009d", "ab")]
    [DataRow("a\u202eb", "ab")]
    [DataRow("a\nb", "a b")]
    public void A_channel_cannot_end_the_title_or_begin_a_sequence(string channel, string shown)
    {
        Assert.AreEqual($"\e]2;{shown} - Panda - localhost:55555\a", Title().Show(channel, 0));
    }

    [TestMethod]
    public void A_long_name_is_cut_between_characters()
    {
        string channel = string.Concat(Enumerable.Repeat("é", 100));

        Assert.AreEqual($"\e]2;{channel[..32]} - Panda - localhost:55555\a", Title().Show(channel, 0));
    }

    [TestMethod]
    [DataRow("xterm-256color", true)]
    [DataRow("tmux", true)]
    [DataRow("screen.xterm", false)]
    [DataRow("linux", false)]
    [DataRow("dumb", false)]
    [DataRow("vt220", false)]
    [DataRow("eterm-color", false)]
    [DataRow("stranger", false)]
    [DataRow("", false)]
    [DataRow(null, false)]
    public void A_terminal_that_may_print_the_sequence_gets_no_title(string? term, bool isUnderstood)
    {
        Assert.AreEqual(isUnderstood, TerminalTitle.IsUnderstood(term));
        Assert.AreEqual("", new TerminalTitle("Panda", "localhost:55555", isShown: false).Show("room", 1));
    }

    private static TerminalTitle Title() => new("Panda", "localhost:55555", isShown: true);
}
