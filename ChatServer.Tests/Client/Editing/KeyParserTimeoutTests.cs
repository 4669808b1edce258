using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Client.Editing;

/// <summary>Sequences without an end: the Esc key, Alt and a letter, and what was cut off.</summary>
[TestClass]
public sealed class KeyParserTimeoutTests
{
    [TestMethod]
    [DataRow("\e\e", 2)]
    [DataRow("\e\e\e", 3)]
    [DataRow("\e\e[1;", 1)]
    [DataRow("\e\e[M !", 1)]
    public void Each_of_several_single_escapes_is_an_esc_key(string typed, int count)
    {
        var parser = new KeyParser();

        Key[] keys = [.. Keys.Parse(parser, typed), .. parser.GiveUp()];

        Assert.AreSequenceEqual(Enumerable.Repeat(new Key(KeyKind.Escape), count), keys);
    }

    [TestMethod]
    [DataRow("\ePhello", "hello")]
    [DataRow("\eP你", "你")]
    public void Alt_and_a_letter_is_a_key_without_further_input(string typed, string text)
    {
        var parser = new KeyParser();
        Assert.IsEmpty(Keys.Parse(parser, typed));
        Assert.AreEqual(KeyParser.Quiet, parser.Timeout);

        Assert.AreSequenceEqual([new Key(KeyKind.Text, text)], parser.GiveUp());
        Assert.AreSequenceEqual([new Key(KeyKind.Text, "x")], Keys.Parse(parser, "x"));
    }

    [TestMethod]
    public void An_endless_string_sequence_is_not_text()
    {
        var parser = new KeyParser();

        Assert.IsEmpty(Keys.Parse(parser, "\e]52;c;" + new string('a', 100_000)));
        Assert.IsEmpty(parser.GiveUp());
        Assert.AreSequenceEqual([new Key(KeyKind.Text, "x")], Keys.Parse(parser, "x"));
    }

    [TestMethod]
    public void A_single_escape_is_the_esc_key_after_the_timeout()
    {
        var parser = new KeyParser();

        Assert.IsEmpty(Keys.Parse(parser, "\e"));
        Assert.AreEqual(KeyParser.SoonAfterEscape, parser.Timeout);
        Assert.AreSequenceEqual([new Key(KeyKind.Escape)], parser.GiveUp());
        Assert.AreSequenceEqual([new Key(KeyKind.Text, "b")], Keys.Parse(parser, "b"));
    }

    [TestMethod]
    [DataRow("[200 x", "[200 x")]
    [DataRow("[Bob]", "[Bob]")]
    [DataRow("x[200~", "x[200~")]
    public void Text_after_the_esc_key_is_text(string typed, string text)
    {
        var parser = new KeyParser();
        Keys.Parse(parser, "\e");
        parser.GiveUp();

        Assert.AreSequenceEqual([new Key(KeyKind.Text, text)], Keys.Parse(parser, typed));
    }

    [TestMethod]
    [DataRow("[", 50)]
    [DataRow("[20", 1000)]
    public void A_bracket_after_the_esc_key_is_text(string typed, int milliseconds)
    {
        var parser = new KeyParser();
        Keys.Parse(parser, "\e");
        parser.GiveUp();

        Assert.IsEmpty(Keys.Parse(parser, typed));
        Assert.AreEqual(TimeSpan.FromMilliseconds(milliseconds), parser.Timeout);
        Assert.AreSequenceEqual([new Key(KeyKind.Text, typed)], parser.GiveUp());
    }

    [TestMethod]
    [DataRow("\e[")]
    [DataRow("\e[1;")]
    [DataRow("\e[20")]
    [DataRow("\e[[")]
    [DataRow("\e[M")]
    [DataRow("\e[M !")]
    [DataRow("\eO")]
    [DataRow("\e[?2004;1$")]
    public void An_unfinished_sequence_is_dropped_after_the_timeout(string typed)
    {
        var parser = new KeyParser();
        Keys.Parse(parser, typed);
        Assert.AreEqual(KeyParser.Quiet, parser.Timeout);

        Assert.IsEmpty(parser.GiveUp());
        Assert.AreSequenceEqual([new Key(KeyKind.Text, "5")], Keys.Parse(parser, "5"));
    }

    [TestMethod]
    [DataRow("\e[1;\r", KeyKind.Enter)]
    [DataRow("\e[<0;1\x04", KeyKind.DeleteOrEnd)]
    [DataRow("\e[M \r", KeyKind.Enter)]
    [DataRow("\eO\x7F", KeyKind.DeleteLeft)]
    [DataRow("\e[[\t", KeyKind.Complete)]
    [DataRow("\e[1;\e[D", KeyKind.Left)]
    [DataRow("\e[M \e[D", KeyKind.Left)]
    public void A_truncated_sequence_does_not_remove_the_next_key(string typed, object kind)
    {
        Assert.AreSequenceEqual([new Key((KeyKind)kind)], Keys.Parse(new KeyParser(), typed));
    }

    [TestMethod]
    [DataRow("\e[1;é")]
    [DataRow("\eé")]
    [DataRow("\eOé")]
    public void A_truncated_sequence_does_not_remove_the_next_character(string typed)
    {
        Assert.AreSequenceEqual([new Key(KeyKind.Text, "é")], Keys.Parse(new KeyParser(), typed));
        Assert.AreSequenceEqual([new Key(KeyKind.Text, "é")], Keys.ParseOneByOne(new KeyParser(), typed));
    }
}
