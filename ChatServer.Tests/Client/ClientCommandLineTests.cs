using ThreadedChat.ChatClient;
using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatServer.Tests.Client;

[TestClass]
public sealed class ClientCommandLineTests
{
    private static readonly ClientOptions Alone = new() { Name = "Panda", Host = "localhost", Port = 1, IsBasic = false };

    [TestMethod]
    public void Without_options_each_setting_has_its_default()
    {
        Assert.AreEqual(Alone, Parse());
        Assert.AreEqual((ThemeChoice.Auto, BellRule.Mention), (Alone.Theme, Alone.Bell));
    }

    [TestMethod]
    public void Each_option_sets_its_value()
    {
        Assert.AreEqual(Alone with { IsPlain = true }, Parse("--plain"));
        Assert.AreEqual(Alone with { ShowsTime = true }, Parse("--timestamps"));
        Assert.AreEqual(Alone with { Reconnects = true }, Parse("--reconnect"));
        Assert.AreEqual(Alone with { Theme = ThemeChoice.Light }, Parse("--theme", "light"));
        Assert.AreEqual(Alone with { Theme = ThemeChoice.None }, Parse("--theme=none"));
        Assert.AreEqual(Alone with { Bell = BellRule.All }, Parse("--bell", "all"));
        Assert.AreEqual(Alone with { Bell = BellRule.Off }, Parse("--bell", "off"));
        Assert.AreEqual(Alone with { IsForScreenReader = true }, Parse("--screen-reader"));
        Assert.AreEqual(Alone with { HistoryFile = "here" }, Parse("--history-file", "here"));
        Assert.AreEqual(Alone with { KeepsHistory = false }, Parse("--no-history"));
        Assert.AreEqual(Alone with { Backlog = 200 }, Parse("--backlog", "200"));
        Assert.AreEqual(Alone with { Backlog = 0 }, Parse("--backlog=0"));
    }

    [TestMethod]
    [DataRow("--theme", "pink", "--theme must be one of auto, dark, light, none, not 'pink'.")]
    [DataRow("--theme", "1", "--theme must be one of auto, dark, light, none, not '1'.")]
    [DataRow("--backlog", "201", "--backlog must be a number from 0 to 200, not '201'.")]
    [DataRow("--backlog", "all", "--backlog must be a number from 0 to 200, not 'all'.")]
    [DataRow("--bell", "loud", "--bell must be one of mention, off, all, not 'loud'.")]
    public void A_wrong_word_is_rejected_and_the_error_lists_the_words(string option, string word, string error)
    {
        var wrong = Assert.IsInstanceOfType<Request.Wrong>(ClientCommandLine.Parse(["Panda", "localhost", "1", option, word]));

        Assert.AreEqual($"{error} Usage: client NAME HOST PORT (--help shows all options)\n", wrong.Text);
    }

    private static ClientOptions Parse(params string[] options) =>
        Assert.IsInstanceOfType<Request.Run>(ClientCommandLine.Parse(["Panda", "localhost", "1", .. options])).Options;
}
