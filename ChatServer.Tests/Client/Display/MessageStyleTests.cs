using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatServer.Tests.Client.Display;

[TestClass]
public sealed class MessageStyleTests
{
    [TestMethod]
    public void Names_have_a_colour_and_who_comes_and_goes_is_dimmed()
    {
        Assert.AreEqual(
            $"{Theme.Dark.Name("[Alice]", "Alice")} hi\r\n\e[2mBob has joined\e[22m\r\n\e[2mBob has left\e[22m\r\nroom\r\nroom2\r\n",
            Style(Theme.Dark).Format(["[Alice] hi", "Bob has joined", "Bob has left", "room\nroom2"]));
    }

    [TestMethod]
    [DataRow("hi Panda, hi panda!", "hi <Panda>, hi <panda>!")]
    [DataRow("Panda", "<Panda>")]
    [DataRow("Pandas and RedPanda", "Pandas and RedPanda")]
    [DataRow("Pandas and Panda", "Pandas and <Panda>")]
    public void The_users_name_is_marked_where_it_is_a_word_of_its_own(string said, string shown)
    {
        string marked = shown.Replace("<", "\e[1;7m", StringComparison.Ordinal).Replace(">", "\e[22;27m", StringComparison.Ordinal);

        Assert.EndsWith($" {marked}\r\n", Style(Theme.Dark).Format([$"[Alice] {said}"]));
    }

    [TestMethod]
    public void Without_a_theme_the_text_is_what_it_was()
    {
        Assert.AreEqual("[Alice] Panda!\r\n", Style(Theme.None).Format(["[Alice] Panda!"]));
    }

    [TestMethod]
    [DataRow(BellRule.Off, "[Alice] Panda!", false)]
    [DataRow(BellRule.Mention, "[Alice] Panda!", true)]
    [DataRow(BellRule.Mention, "[Alice] hi", false)]
    [DataRow(BellRule.Mention, "Panda has joined", false)]
    [DataRow(BellRule.All, "[Alice] hi", true)]
    [DataRow(BellRule.All, "Alice has joined", false)]
    public void The_bell_rings_by_its_rule_once_for_all_that_came_together(object rule, string text, bool rings)
    {
        string shown = Style(Theme.None, (BellRule)rule).Format([text, text]);

        Assert.AreEqual(rings ? 1 : 0, shown.Count(character => character == '\a'));
    }

    [TestMethod]
    public void With_a_clock_each_line_has_its_time()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var style = new MessageStyle("Panda", Theme.None, BellRule.Off, clock);

        Assert.AreEqual("03:04 one\r\n03:04 two\r\n", style.Format(["one\ntwo"]));
        Assert.AreEqual("03:04 ours\r\n", style.FormatOwn("ours"));
    }

    private static MessageStyle Style(Theme theme, BellRule bell = BellRule.Off) => new("Panda", theme, bell, clock: null);
}
