using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Client.Editing;

/// <summary>Bracketed paste.</summary>
[TestClass]
public sealed class KeyParserPasteTests
{
    [TestMethod]
    public void A_paste_directly_after_the_esc_key_is_a_paste()
    {
        Assert.AreSequenceEqual(
            [new Key(KeyKind.Escape), new Key(KeyKind.Paste, "one")], Keys.Parse(new KeyParser(), "\e\e[200~one\e[201~"));
    }

    [TestMethod]
    public void A_paste_whose_escape_arrived_long_before_is_a_paste()
    {
        var parser = new KeyParser();
        Keys.Parse(parser, "\e");
        parser.GiveUp();

        Assert.IsEmpty(Keys.Parse(parser, "[200~one\r"));
        Assert.AreSequenceEqual([new Key(KeyKind.Paste, "one\ntwo")], Keys.Parse(parser, "two\e[201~"));
    }

    [TestMethod]
    public void A_paste_is_one_key_with_its_line_breaks_for_any_contents()
    {
        var parser = new KeyParser();

        Assert.IsEmpty(Keys.Parse(parser, "\e[200~one\rtwo\r\nthree\e[A~\e[20"));
        Assert.AreSequenceEqual(
            [new Key(KeyKind.Paste, "one\ntwo\nthree\e[A~\e[20four \e"), new Key(KeyKind.Text, "x")], Keys.Parse(parser, "four \e\e[201~x"));
    }

    [TestMethod]
    [DataRow("\e[20", "0~one\rtwo\r\e[201~")]
    [DataRow("\e[200", "~one\rtwo\r\e[201~")]
    [DataRow("\e[200~one\r", "two\r\e[201~")]
    [DataRow("\e[200~one\rtwo\r\e[20", "1~")]
    public void A_paste_is_one_key_for_any_cut_of_the_bytes(string first, string second)
    {
        var parser = new KeyParser();

        Assert.IsEmpty(Keys.Parse(parser, first));
        Assert.AreEqual(KeyParser.Quiet, parser.Timeout);
        Assert.AreSequenceEqual([new Key(KeyKind.Paste, "one\ntwo\n")], Keys.Parse(parser, second));
        Assert.IsNull(parser.Timeout);
    }

    [TestMethod]
    [DataRow("\e[200~hello", "hello")]
    [DataRow("\e[200~hello\e[20", "hello")]
    [DataRow("\e[200~", "")]
    public void A_paste_without_its_end_mark_ends_after_the_timeout(string typed, string text)
    {
        var parser = new KeyParser();
        Assert.IsEmpty(Keys.Parse(parser, typed));

        Assert.AreSequenceEqual([new Key(KeyKind.Paste, text)], parser.GiveUp());
        Assert.AreSequenceEqual([new Key(KeyKind.DeleteOrEnd)], Keys.Parse(parser, "\x04"));
    }

    [TestMethod]
    public void An_endless_paste_is_kept_up_to_the_limit()
    {
        var parser = new KeyParser();
        Keys.Parse(parser, "\e[200~");
        Keys.Parse(parser, new string('a', PasteBuffer.MaxLength));
        Keys.Parse(parser, new string('b', 1_000));

        Key key = Assert.ContainsSingle(Keys.Parse(parser, "\e[201~"));

        Assert.AreEqual(KeyKind.Paste, key.Kind);
        Assert.HasCount(PasteBuffer.MaxLength, key.Text);
    }
}
