using ThreadedChat.ChatClient.Editing;

namespace ThreadedChat.ChatServer.Tests.Client.Editing;

[TestClass]
public sealed class KeyParserTests
{
    [TestMethod]
    [DataRow("\r", KeyKind.Enter)]
    [DataRow("\n", KeyKind.Enter)]
    [DataRow("\t", KeyKind.Complete)]
    [DataRow("\e[Z", KeyKind.CompleteBack)]
    [DataRow("\x7F", KeyKind.DeleteLeft)]
    [DataRow("\b", KeyKind.DeleteLeft)]
    [DataRow("\x01", KeyKind.Home)]
    [DataRow("\x02", KeyKind.Left)]
    [DataRow("\x04", KeyKind.DeleteOrEnd)]
    [DataRow("\x05", KeyKind.End)]
    [DataRow("\x06", KeyKind.Right)]
    [DataRow("\x0B", KeyKind.DeleteToEnd)]
    [DataRow("\x0C", KeyKind.ClearScreen)]
    [DataRow("\x0E", KeyKind.Newer)]
    [DataRow("\x10", KeyKind.Older)]
    [DataRow("\x15", KeyKind.DeleteToStart)]
    [DataRow("\x17", KeyKind.DeleteToSpace)]
    [DataRow("\x19", KeyKind.PutBack)]
    [DataRow("\e[A", KeyKind.Older)]
    [DataRow("\eOA", KeyKind.Older)]
    [DataRow("\e[B", KeyKind.Newer)]
    [DataRow("\e[C", KeyKind.Right)]
    [DataRow("\eOC", KeyKind.Right)]
    [DataRow("\e[D", KeyKind.Left)]
    [DataRow("\e[1;5C", KeyKind.WordRight, DisplayName = "Ctrl-Right")]
    [DataRow("\e[1;3D", KeyKind.WordLeft, DisplayName = "Alt-Left")]
    [DataRow("\e[1;2D", KeyKind.Left, DisplayName = "Shift-Left")]
    [DataRow("\eb", KeyKind.WordLeft)]
    [DataRow("\ef", KeyKind.WordRight)]
    [DataRow("\ed", KeyKind.DeleteWordRight)]
    [DataRow("\e\x7F", KeyKind.DeleteWordLeft)]
    [DataRow("\e[H", KeyKind.Home)]
    [DataRow("\eOH", KeyKind.Home)]
    [DataRow("\e[1~", KeyKind.Home)]
    [DataRow("\e[7~", KeyKind.Home)]
    [DataRow("\e[F", KeyKind.End)]
    [DataRow("\e[4~", KeyKind.End)]
    [DataRow("\e[8~", KeyKind.End)]
    [DataRow("\e[3~", KeyKind.DeleteRight)]
    [DataRow("\e[3;5~", KeyKind.DeleteWordRight, DisplayName = "Ctrl-Delete")]
    public void A_key_is_known_whole_or_character_by_character(string typed, object kind)
    {
        var expected = new Key((KeyKind)kind);

        Assert.AreEqual(expected, Assert.ContainsSingle(new KeyParser().Parse(typed)));

        var parser = new KeyParser();
        Assert.AreEqual(expected, Assert.ContainsSingle(typed.SelectMany(character => parser.Parse([character]))));
        Assert.IsFalse(parser.IsUndecided);
    }

    [TestMethod]
    public void Text_comes_as_far_as_it_goes_on()
    {
        Assert.AreSequenceEqual(
            [new Key(KeyKind.Text, "héllo 你"), new Key(KeyKind.Left), new Key(KeyKind.Text, "x"), new Key(KeyKind.Enter)],
            new KeyParser().Parse("héllo 你\e[Dx\r"));
    }

    [TestMethod]
    [DataRow("\e[15~", DisplayName = "F5")]
    [DataRow("\eOP", DisplayName = "F1")]
    [DataRow("\e[I", DisplayName = "focus")]
    [DataRow("\e[?1;2c", DisplayName = "an answer of the terminal")]
    [DataRow("\e[38;5;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1m", DisplayName = "a very long sequence")]
    [DataRow("\x07", DisplayName = "Ctrl-G")]
    [DataRow("\0", DisplayName = "Ctrl-Space")]
    [DataRow("\ez", DisplayName = "Alt-Z")]
    [DataRow("\e[[A", DisplayName = "F1 of the Linux console")]
    [DataRow("\e[[E", DisplayName = "F5 of the Linux console")]
    [DataRow("\e]11;rgb:1e1e/1e1e/1e1e\a", DisplayName = "a colour, told by OSC")]
    [DataRow("\e]11;rgb:1e1e/1e1e/1e1e\e\\", DisplayName = "the same with the other end")]
    [DataRow("\eP>|tmux 3.4\e\\", DisplayName = "a version, told by DCS")]
    [DataRow("\e_Gi=1;OK\e\\", DisplayName = "an answer about a picture, by APC")]
    public void What_means_nothing_here_is_skipped_whole(string typed)
    {
        Assert.AreSequenceEqual([new Key(KeyKind.Text, "after")], new KeyParser().Parse(typed + "after"));

        var parser = new KeyParser();
        Assert.IsEmpty(typed.SelectMany(character => parser.Parse([character])));
        Assert.IsFalse(parser.IsUndecided);
    }

    [TestMethod]
    [DataRow("\e]11;rgb\r", KeyKind.Enter)]
    [DataRow("\e]11;rgb\e[D", KeyKind.Left)]
    [DataRow("\e]11;rgb\e\e[D", KeyKind.Escape, KeyKind.Left)]
    public void An_answer_that_is_cut_off_takes_no_key_with_it(string typed, params object[] kinds)
    {
        Assert.AreSequenceEqual(kinds.Select(kind => new Key((KeyKind)kind)), new KeyParser().Parse(typed));
    }

    [TestMethod]
    public void An_escape_that_nothing_follows_is_the_key_of_that_name()
    {
        var parser = new KeyParser();

        Assert.IsEmpty(parser.Parse("\e"));
        Assert.IsTrue(parser.IsUndecided);
        Assert.AreSequenceEqual([new Key(KeyKind.Escape)], parser.GiveUp());
        Assert.AreSequenceEqual([new Key(KeyKind.Text, "b")], parser.Parse("b"));
    }

    [TestMethod]
    [DataRow("\e[1;")]
    [DataRow("\e[[")]
    [DataRow("\e]11;rgb", DisplayName = "an answer, or Alt-] and quick typing")]
    public void A_sequence_that_stops_half_way_is_dropped(string typed)
    {
        var parser = new KeyParser();
        parser.Parse(typed);
        Assert.IsTrue(parser.IsUndecided);

        Assert.IsEmpty(parser.GiveUp());
        Assert.AreSequenceEqual([new Key(KeyKind.Text, "5")], parser.Parse("5"));
    }

    [TestMethod]
    public void A_paste_is_one_key_with_its_line_breaks_whatever_is_in_it()
    {
        var parser = new KeyParser();

        Assert.IsEmpty(parser.Parse("\e[200~one\rtwo\r\nthree\e[A~"));
        Assert.IsFalse(parser.IsUndecided);
        Assert.AreSequenceEqual(
            [new Key(KeyKind.Paste, "one\ntwo\nthree\e[A~four"), new Key(KeyKind.Text, "x")], parser.Parse("four\e[201~x"));
    }

    [TestMethod]
    public void Of_an_endless_paste_not_more_than_the_limit_is_kept()
    {
        var parser = new KeyParser();
        parser.Parse("\e[200~");
        parser.Parse(new string('a', KeyParser.LongestPaste));
        parser.Parse(new string('b', 1_000));

        Key key = Assert.ContainsSingle(parser.Parse("\e[201~"));

        Assert.AreEqual(KeyKind.Paste, key.Kind);
        Assert.IsInRange(KeyParser.LongestPaste, KeyParser.LongestPaste + 10, key.Text.Length);
    }
}
