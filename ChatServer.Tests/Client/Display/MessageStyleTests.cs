using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatServer.Tests.Client.Display;

[TestClass]
public sealed class MessageStyleTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [TestMethod]
    public void Names_have_a_colour_and_notices_are_dimmed()
    {
        Assert.AreSequenceEqual(
            ["\e[38;5;220m[Alice]\e[m hi", "\e[2mBob has joined\e[m", "\e[2mBob has left\e[m", "room", "room2"],
            Shown(Style(Theme.Dark), "[Alice] hi", "Bob has joined", "Bob has left", "room\nroom2"));
    }

    [TestMethod]
    public void A_private_message_has_its_name_marked_and_the_history_is_dimmed()
    {
        Assert.AreSequenceEqual(
            ["\e[1;7m[[Alice]]\e[m psst", "\e[2m2026-11-25 12:04 [Alice] Panda!\e[m", "\e[2m2026-11-25 12:04 2 messages are missing here\e[m"],
            Shown(Style(Theme.Dark), "[[Alice]] psst", "2026-11-25 12:04 [Alice] Panda!", "2026-11-25 12:04 2 messages are missing here"));
    }

    [TestMethod]
    [DataRow(BellRule.Mention, true)]
    [DataRow(BellRule.All, true)]
    [DataRow(BellRule.Off, false)]
    public void A_private_message_rings_and_notifies_as_a_mention_does_and_the_history_never(object bell, bool rings)
    {
        var style = new MessageStyle("Panda", Theme.None, (BellRule)bell, time: null);

        string privately = style.Format([new ReceivedText("[[Alice]] psst")], out string? mention)[0].Text;
        string past = style.Format([new ReceivedText("2026-11-25 12:04 [Alice] Panda!")], out string? none)[0].Text;

        Assert.AreEqual((rings, "[[Alice]] psst", false, null), (privately.EndsWith('\a'), mention, past.EndsWith('\a'), none));
    }

    [TestMethod]
    public void A_screen_reader_tells_a_private_message_from_one_of_the_channel()
    {
        var style = new MessageStyle("Panda", Theme.None, BellRule.Off, time: null, isSpoken: true);

        Assert.AreSequenceEqual(["Alice: hi", "[[Alice]] privately: hi"], Shown(style, "[Alice] hi", "[[Alice]] hi"));
    }

    [TestMethod]
    public void The_members_of_a_channel_have_different_colours_and_in_the_next_channel_the_choice_begins_again()
    {
        MessageStyle style = Style(Theme.Dark);
        string[] names = [.. Enumerable.Range(0, Theme.Dark.Colours.Count).Select(i => $"Name{i}")];

        string[] here = Shown(style, [.. names.Select((name, i) => i % 2 == 0 ? $"[{name}] hi" : $"{name} has joined"), .. names.Select(name => $"[{name}] x")]);
        Assert.HasCount(names.Length, here[names.Length..].Select(Colour).Distinct());

        style.LeaveChannel();
        string[] there = Shown(style, [.. names.Select(name => $"[Other{name}] hi")]);
        Assert.HasCount(names.Length, there.Select(Colour).Distinct());
    }

    [TestMethod]
    public void The_colour_of_a_member_that_left_is_given_to_the_next()
    {
        MessageStyle style = Style(Theme.Of(ThemeChoice.Dark, ColourDepth.Eight)); // of three colours
        string[] lines = Shown(style, "[a] hi", "[b] hi", "[c] hi", "b has left", "[d] hi");

        Assert.AreEqual(Colour(lines[1]), Colour(lines[4]));
    }

    [TestMethod]
    [DataRow("hi Panda, hi panda!", "hi <Panda>, hi <panda>!")]
    [DataRow("Panda", "<Panda>")]
    [DataRow("Pandas and RedPanda", "Pandas and RedPanda")]
    [DataRow("Pandas and Panda", "Pandas and <Panda>")]
    public void The_users_name_is_marked_if_it_is_a_word_of_its_own(string said, string shown)
    {
        string marked = shown.Replace("<", "\e[1;7m", StringComparison.Ordinal).Replace(">", "\e[m", StringComparison.Ordinal);

        Assert.EndsWith($" {marked}", Shown(Style(Theme.Dark), $"[Alice] {said}")[0]);
    }

    [TestMethod]
    public void Without_a_theme_the_text_is_unchanged()
    {
        Assert.AreSequenceEqual(["[Alice] Panda!"], Shown(Style(Theme.None), "[Alice] Panda!"));
    }

    [TestMethod]
    public void Without_colours_the_users_name_is_still_marked()
    {
        MessageStyle style = Style(Theme.Of(ThemeChoice.Auto, ColourDepth.None));

        Assert.AreSequenceEqual(["[Alice] hi \e[1;7mPanda\e[m"], Shown(style, "[Alice] hi Panda"));
    }

    [TestMethod]
    public void Continuation_rows_of_a_message_are_indented_behind_its_name_and_its_time()
    {
        Assert.AreEqual("[Alice] ".Length, Style(Theme.None).Format([new ReceivedText("[Alice] hi")])[0].Indent);
        Assert.AreEqual("03:04 [Alice] ".Length, WithClock().Format([new ReceivedText("[Alice] hi")])[0].Indent);
        Assert.AreEqual("[Me] ".Length, Style(Theme.None).FormatEntered(["typed"])[0].Indent);
        Assert.IsGreaterThan(0, Style(Theme.None).FormatOwn("ours")[0].Indent);
        string[] texts = ["Alice has joined", "Alice has left", "room", "a\nb"];
        Assert.IsTrue(Style(Theme.None).Format(texts.Select(text => new ReceivedText(text))).TrueForAll(line => line.Indent > 0));
    }

    [TestMethod]
    [DataRow("[Bob] hi\nroom", "    [Bob] hi|room")]
    [DataRow("room\n[Bob] hi", "room|    [Bob] hi")]
    [DataRow("room\nBob has left", "room|    Bob has left")]
    [DataRow("room\nBob has joined", "room|    Bob has joined")]
    [DataRow("[Bob]\n[Bob]\u2800hi", "    [Bob]|    [Bob]\u2800hi")]
    [DataRow("[Bob]\u00A0hi", "    [Bob]\u00A0hi")]
    [DataRow("[Bob]", "    [Bob]")]
    [DataRow("Bob\u3000has\u3000left", "    Bob\u3000has\u3000left")]
    [DataRow("Bob\u3164has\u3164joined", "    Bob\u3164has\u3164joined")]
    [DataRow("168_tas\nc++\n日本", "168_tas|c++|日本")]
    public void An_answer_that_looks_like_a_message_or_a_notice_is_indented(string answer, string rows)
    {
        foreach (ThemeChoice theme in Enum.GetValues<ThemeChoice>())
        {
            Assert.AreSequenceEqual(rows.Split('|'), Shown(Style(Theme.Of(theme, ColourDepth.Palette), BellRule.All), answer));
        }
    }

    [TestMethod]
    [DataRow(BellRule.Off, "[Alice] Panda!", false)]
    [DataRow(BellRule.Mention, "[Alice] Panda!", true)]
    [DataRow(BellRule.Mention, "[Alice] hi", false)]
    [DataRow(BellRule.Mention, "Panda has joined", false)]
    [DataRow(BellRule.All, "[Alice] hi", true)]
    [DataRow(BellRule.All, "Alice has joined", false)]
    public void The_bell_rings_by_its_rule_once_for_each_receive(object rule, string text, bool rings)
    {
        string shown = string.Concat(Shown(Style(Theme.None, (BellRule)rule), text, text));

        Assert.AreEqual(rings ? 1 : 0, shown.Count(character => character == '\a'));
    }

    [TestMethod]
    public void With_a_clock_each_line_has_its_time()
    {
        MessageStyle style = WithClock();

        Assert.AreSequenceEqual(["03:04 one", "03:04 two"], Shown(style, "one\ntwo"));
        Assert.AreEqual("03:04 ours", style.FormatOwn("ours")[0].Text);
    }

    [TestMethod]
    public void Lines_that_the_user_has_entered_have_their_time_too()
    {
        Assert.AreSequenceEqual(["03:04 [Me] a", "03:04 [Me] b"], WithClock().FormatEntered(["a", "b"]).Select(line => line.Text));
        Assert.AreEqual("03:04 [Me] ".Length, WithClock().FormatEntered(["a"])[0].Indent);
    }

    [TestMethod]
    public void The_first_line_of_a_day_follows_one_line_with_the_date()
    {
        MessageStyle style = WithClock();
        style.FormatOwn("on Thursday");
        _time.Advance(TimeSpan.FromDays(1));

        Assert.AreSequenceEqual(["-- Friday, 2020-01-03 --", "03:04 [Alice] hi", "03:04 [Bob] hi"], Shown(style, "[Alice] hi", "[Bob] hi"));
        Assert.AreSequenceEqual(["03:04 [Me] hi"], style.FormatEntered(["hi"]).Select(line => line.Text));
    }

    [TestMethod]
    public void The_indent_follows_the_format_of_the_time()
    {
        var style = new MessageStyle("Panda", Theme.None, BellRule.Off, new LineTime(_time, TimeFormat.TryParse("[%F %T]")!));

        ScreenLine line = style.Format([new ReceivedText("[Alice] hi")])[0];

        Assert.AreEqual(("[2020-01-02 03:04:05] [Alice] hi", "[2020-01-02 03:04:05] [Alice] ".Length), (line.Text, line.Indent));
    }

    [TestMethod]
    [DataRow("the exam is on Friday", "the <exam> is on <Friday>")]
    [DataRow("EXAM, Panda!", "<EXAM>, <Panda>!")]
    [DataRow("examination", "examination")]
    [DataRow("lab 2", "<lab 2>", DisplayName = "the longest of two words at one place")]
    [DataRow("lab 3", "<lab> 3")]
    public void Further_words_are_marked_like_the_users_name(string said, string shown)
    {
        MessageStyle style = Style(Theme.Dark, BellRule.Mention, "exam", "friday", "lab", "lab 2", "");
        string marked = shown.Replace("<", "\e[1;7m", StringComparison.Ordinal).Replace(">", "\e[m", StringComparison.Ordinal);

        List<ScreenLine> lines = style.Format([new ReceivedText($"[Alice] {said}")], out string? mention);

        Assert.EndsWith($" {marked}", lines[0].Text.TrimEnd('\a'));
        Assert.AreEqual(shown == said ? null : $"[Alice] {said}", mention);
        Assert.AreEqual(shown != said, lines[0].Text.EndsWith('\a'));
    }

    private static string[] Shown(MessageStyle style, params string[] texts) => [.. style.Format(texts.Select(text => new ReceivedText(text))).Select(line => line.Text)];

    private static string Colour(string line) => line[..line.IndexOf('m', StringComparison.Ordinal)];

    private MessageStyle WithClock() => new(
        "Panda", Theme.None, BellRule.Off, new LineTime(_time, TimeFormat.Standard));

    private static MessageStyle Style(Theme theme, BellRule bell = BellRule.Off, params string[] highlights) =>
        new("Panda", theme, bell, time: null, isSpoken: false, highlights);
}
