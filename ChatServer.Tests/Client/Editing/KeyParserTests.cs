using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Client.Editing;

/// <summary>Whole sequences: keys, text, reports of the terminal, and what is skipped.</summary>
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
    [DataRow("\x0B", KeyKind.KillLine)]
    [DataRow("\x0C", KeyKind.ClearScreen)]
    [DataRow("\x0E", KeyKind.NextHistory)]
    [DataRow("\x10", KeyKind.PreviousHistory)]
    [DataRow("\x15", KeyKind.UnixLineDiscard)]
    [DataRow("\x17", KeyKind.UnixWordRubout)]
    [DataRow("\x19", KeyKind.Yank)]
    [DataRow("\e[A", KeyKind.PreviousHistory)]
    [DataRow("\eOA", KeyKind.PreviousHistory)]
    [DataRow("\e[B", KeyKind.NextHistory)]
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
    [DataRow("\x07", KeyKind.Abort, DisplayName = "Ctrl-G")]
    [DataRow("\x12", KeyKind.SearchBack, DisplayName = "Ctrl-R")]
    [DataRow("\x13", KeyKind.SearchForward, DisplayName = "Ctrl-S")]
    [DataRow("\x1F", KeyKind.Undo, DisplayName = "Ctrl-_")]
    [DataRow("\e/", KeyKind.Redo, DisplayName = "Alt-/")]
    [DataRow("\ey", KeyKind.YankPop, DisplayName = "Alt-Y")]
    [DataRow("\e\r", KeyKind.NewRow, DisplayName = "Alt-Enter")]
    [DataRow("\e\n", KeyKind.NewRow, DisplayName = "Alt-Enter, as Ctrl-J")]
    [DataRow("\x0F", KeyKind.NewRow, DisplayName = "Ctrl-O")]
    public void A_key_sequence_is_recognised_whole_or_byte_by_byte(string typed, object kind)
    {
        var expected = new Key((KeyKind)kind);

        Assert.AreEqual(expected, Assert.ContainsSingle(Keys.Parse(new KeyParser(), typed)));

        var parser = new KeyParser();
        Assert.AreEqual(expected, Assert.ContainsSingle(Keys.ParseOneByOne(parser, typed)));
        Assert.IsNull(parser.Timeout);
    }

    [TestMethod]
    [DataRow("\e[13u", KeyKind.Enter, DisplayName = "Enter, kitty")]
    [DataRow("\e[57414u", KeyKind.Enter, DisplayName = "Enter of the keypad, kitty")]
    [DataRow("\eOM", KeyKind.Enter, DisplayName = "Enter of the keypad")]
    [DataRow("\e[27u", KeyKind.Escape, DisplayName = "Esc, kitty")]
    [DataRow("\e[9;2u", KeyKind.CompleteBack, DisplayName = "Shift-Tab, kitty")]
    [DataRow("\e[127;5u", KeyKind.DeleteWordLeft, DisplayName = "Ctrl-Backspace, kitty")]
    [DataRow("\e[97;5u", KeyKind.Home, DisplayName = "Ctrl-A, kitty")]
    [DataRow("\e[98;3u", KeyKind.WordLeft, DisplayName = "Alt-B, kitty")]
    [DataRow("\e[27;5;100~", KeyKind.DeleteOrEnd, DisplayName = "Ctrl-D, modifyOtherKeys")]
    [DataRow("\e[27;3;102~", KeyKind.WordRight, DisplayName = "Alt-F, modifyOtherKeys")]
    [DataRow("\e[1;1:1D", KeyKind.Left, DisplayName = "Left, pressed, kitty")]
    [DataRow("\e[3^", KeyKind.DeleteWordRight, DisplayName = "Ctrl-Delete, rxvt")]
    [DataRow("\eOd", KeyKind.WordLeft, DisplayName = "Ctrl-Left, rxvt")]
    [DataRow("\eOc", KeyKind.WordRight, DisplayName = "Ctrl-Right, rxvt")]
    [DataRow("\eOa", KeyKind.PreviousHistory, DisplayName = "Ctrl-Up, rxvt")]
    [DataRow("\e[d", KeyKind.Left, DisplayName = "Shift-Left, rxvt")]
    [DataRow("\e[c", KeyKind.Right, DisplayName = "Shift-Right, rxvt")]
    [DataRow("\e[7$", KeyKind.Home, DisplayName = "Shift-Home, rxvt")]
    [DataRow("\e[3$", KeyKind.DeleteRight, DisplayName = "Shift-Delete, rxvt")]
    [DataRow("\e[3@", KeyKind.DeleteWordRight, DisplayName = "Ctrl-Shift-Delete, rxvt")]
    [DataRow("\e\e[D", KeyKind.WordLeft, DisplayName = "Alt-Left, rxvt and iTerm2")]
    [DataRow("\e\e[C", KeyKind.WordRight, DisplayName = "Alt-Right, rxvt and iTerm2")]
    [DataRow("\e\eOC", KeyKind.WordRight, DisplayName = "Alt-Right, iTerm2 with cursor keys of an application")]
    [DataRow("\e\e[3~", KeyKind.DeleteWordRight, DisplayName = "Alt-Delete, rxvt")]
    [DataRow("\e[1;9D", KeyKind.WordLeft, DisplayName = "Alt-Left, iTerm2 and xterm with Meta")]
    [DataRow("\e[1;9C", KeyKind.WordRight, DisplayName = "Alt-Right, iTerm2 and xterm with Meta")]
    [DataRow("\e[1;5D", KeyKind.WordLeft, DisplayName = "Ctrl-Left, Windows and xterm")]
    [DataRow("\e[1;3C", KeyKind.WordRight, DisplayName = "Alt-Right, Windows and xterm")]
    [DataRow("\e[5D", KeyKind.WordLeft, DisplayName = "Ctrl-Left without the first number")]
    [DataRow("\e[5C", KeyKind.WordRight, DisplayName = "Ctrl-Right without the first number")]
    [DataRow("\e[1;6D", KeyKind.WordLeft, DisplayName = "Ctrl-Shift-Left")]
    [DataRow("\e[1;7C", KeyKind.WordRight, DisplayName = "Ctrl-Alt-Right")]
    [DataRow("\e[13;3u", KeyKind.NewRow, DisplayName = "Alt-Enter, kitty")]
    [DataRow("\e[27;3;13~", KeyKind.NewRow, DisplayName = "Alt-Enter, modifyOtherKeys")]
    [DataRow("\e[13;2u", KeyKind.NewRow, DisplayName = "Shift-Enter, kitty")]
    [DataRow("\e[47;5u", KeyKind.Undo, DisplayName = "Ctrl-/, kitty")]
    [DataRow("\e[121;3u", KeyKind.YankPop, DisplayName = "Alt-Y, kitty")]
    [DataRow("\eO5C", KeyKind.WordRight, DisplayName = "Ctrl-Right of some terminals")]
    [DataRow("\eO1;5D", KeyKind.WordLeft, DisplayName = "Ctrl-Left of some terminals")]
    public void Keys_of_other_keyboard_protocols_are_recognised(string typed, object kind)
    {
        Assert.AreEqual(new Key((KeyKind)kind), Assert.ContainsSingle(Keys.Parse(new KeyParser(), typed)));
    }

    [TestMethod]
    [DataRow("\e[120u", "x")]
    [DataRow("\e[120;2u", "X")]
    [DataRow("\e[49:33;2u", "!", DisplayName = "Shift-1, with its character")]
    [DataRow("\e[233u", "é")]
    [DataRow("\e[128512u", "😀")]
    [DataRow("\eOp", "0", DisplayName = "0 of the keypad")]
    [DataRow("\eOy", "9", DisplayName = "9 of the keypad")]
    [DataRow("\eOk", "+", DisplayName = "+ of the keypad")]
    [DataRow("\eOX", "=", DisplayName = "= of the keypad")]
    public void Text_that_arrives_in_a_sequence_is_recognised(string typed, string text)
    {
        Assert.AreEqual(new Key(KeyKind.Text, text), Assert.ContainsSingle(Keys.Parse(new KeyParser(), typed)));
    }

    [TestMethod]
    public void Text_that_arrives_together_is_one_key()
    {
        Assert.AreSequenceEqual(
            [new Key(KeyKind.Text, "héllo 你"), new Key(KeyKind.Left), new Key(KeyKind.Text, "x"), new Key(KeyKind.Enter)],
            Keys.Parse(new KeyParser(), "héllo 你\e[Dx\r"));
    }

    [TestMethod]
    public void Focus_reports_of_the_terminal_are_keys()
    {
        Assert.AreSequenceEqual(
            [new Key(KeyKind.Text, "a"), new Key(KeyKind.FocusLost), new Key(KeyKind.FocusGained), new Key(KeyKind.Text, "b")],
            Keys.Parse(new KeyParser(), "a\e[O\e[Ib"));
    }

    [TestMethod]
    [DataRow("\e[15~", DisplayName = "F5")]
    [DataRow("\eOP", DisplayName = "F1")]
    [DataRow("\e[?1;2c", DisplayName = "the kind of terminal")]
    [DataRow("\e[>41;354;0c", DisplayName = "its version")]
    [DataRow("\e[0n", DisplayName = "that it is well")]
    [DataRow("\e[?2004;1$y", DisplayName = "how a mode is set")]
    [DataRow("\e[8;24;80t", DisplayName = "its size")]
    [DataRow("\e[?0u", DisplayName = "its keyboard protocol")]
    [DataRow("\e[38;5;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1m", DisplayName = "a very long sequence")]
    [DataRow("\e[<0;10;10M", DisplayName = "a click, SGR")]
    [DataRow("\e[<0;10;10m", DisplayName = "its end, SGR")]
    [DataRow("\e[32;10;10M", DisplayName = "a click, urxvt")]
    [DataRow("\e[M +,", DisplayName = "a click, X10")]
    [DataRow("\e[M MM", DisplayName = "a click, X10, as letters")]
    [DataRow("\e[13;1:3u", DisplayName = "Release of Enter, kitty")]
    [DataRow("\e[13;5u", DisplayName = "Ctrl-Enter, kitty")]
    [DataRow("\e[109;5u", DisplayName = "Ctrl-M, kitty")]
    [DataRow("\e[1;1:3D", DisplayName = "Release of Left, kitty")]
    [DataRow("\e[57441;2u", DisplayName = "Shift alone, kitty")]
    [DataRow("\e[13;28;13;1;0;1_", DisplayName = "Enter of Windows' input mode")]
    [DataRow("\e[201~", DisplayName = "the end of a paste without its start")]
    [DataRow("\0", DisplayName = "Ctrl-Space")]
    [DataRow("\ez", DisplayName = "Alt-Z")]
    [DataRow("\e.", DisplayName = "Alt-.")]
    [DataRow("\e[[A", DisplayName = "F1 of the Linux console")]
    [DataRow("\e[[E", DisplayName = "F5 of the Linux console")]
    [DataRow("\e]11;rgb:1e1e/1e1e/1e1e\a", DisplayName = "a colour in an OSC sequence")]
    [DataRow("\e]11;rgb:1e1e/1e1e/1e1e\e\\", DisplayName = "the same with the other end")]
    [DataRow("\e]lné\e\\", DisplayName = "the window's title, not in ASCII")]
    [DataRow("\eP>|tmux 3.4\e\\", DisplayName = "a version in a DCS sequence")]
    [DataRow("\e_Gi=1;OK\e\\", DisplayName = "an answer about a picture, by APC")]
    [DataRow("\e^private\e\\", DisplayName = "PM")]
    [DataRow("\eXa string\e\\", DisplayName = "SOS")]
    public void An_unknown_sequence_is_skipped_as_a_whole(string typed)
    {
        Assert.AreSequenceEqual([new Key(KeyKind.Text, "after")], Keys.Parse(new KeyParser(), typed + "after"));

        var parser = new KeyParser();
        Assert.IsEmpty(Keys.ParseOneByOne(parser, typed));
        Assert.IsNull(parser.Timeout);
    }

    /// <summary>The bytes of an old mouse report are those of no text: a column beyond 95 is no ASCII.</summary>
    [TestMethod]
    [DataRow(new byte[] { (byte)' ', 0xE4, (byte)'!' }, DisplayName = "column 196")]
    [DataRow(new byte[] { (byte)' ', 0, (byte)'!' }, DisplayName = "a column that is too far")]
    [DataRow(new byte[] { (byte)' ', 0xC3, 0xA4, (byte)'!' }, DisplayName = "column 196, in UTF-8")]
    [DataRow(new byte[] { (byte)' ', (byte)'!', 0xC3, 0xA4 }, DisplayName = "row 196, in UTF-8")]
    [DataRow(new byte[] { (byte)' ', (byte)'!', 0xC3 }, DisplayName = "row 163")]
    public void A_mouse_report_of_the_old_form_is_skipped_for_any_position(byte[] report)
    {
        byte[] typed = [.. "\e[M"u8, .. report, .. "after"u8];

        Assert.AreSequenceEqual([new Key(KeyKind.Text, "after")], new KeyParser().Parse(typed));
    }

    /// <summary>An ESC before a sequence is Alt only if that is another key. Else it is the Esc key, as it was typed.</summary>
    [TestMethod]
    [DataRow("\e\e[A", KeyKind.PreviousHistory)]
    [DataRow("\e\e[H", KeyKind.Home)]
    [DataRow("\e\eOM", KeyKind.Enter)]
    [DataRow("\e\e[1;5D", KeyKind.WordLeft)]
    public void An_escape_before_a_key_without_an_alt_form_is_the_esc_key(string typed, object kind)
    {
        Key[] expected = [new Key(KeyKind.Escape), new Key((KeyKind)kind)];

        Assert.AreSequenceEqual(expected, Keys.Parse(new KeyParser(), typed));
        Assert.AreSequenceEqual(expected, Keys.ParseOneByOne(new KeyParser(), typed));
    }

    [TestMethod]
    [DataRow("\e[24;80R", 24, 80)]
    [DataRow("\e[1;2R", 1, 2, DisplayName = "the same as F3 with Shift")]
    [DataRow("\e[?7;1R", 7, 1, DisplayName = "asked for by CSI ? 6 n")]
    [DataRow("\e[?7;1;1R", 7, 1, DisplayName = "with the page")]
    public void A_cursor_position_report_is_a_key(string typed, int row, int column)
    {
        Assert.AreEqual(
            new Key(KeyKind.CursorPosition, Row: row, Column: column), Assert.ContainsSingle(Keys.Parse(new KeyParser(), typed)));
    }

    [TestMethod]
    [DataRow("\e[R", DisplayName = "F3 of some terminals")]
    [DataRow("\e[0;5R")]
    [DataRow("\e[5R")]
    [DataRow("\e[99999999999;1R")]
    public void A_cursor_position_report_without_a_valid_place_is_skipped(string typed)
    {
        Assert.IsEmpty(Keys.Parse(new KeyParser(), typed));
    }

    /// <summary>Alt-P and further text looks like the start of a string sequence of the terminal.</summary>
    [TestMethod]
    [DataRow("\ePhello there\r", "hello there", KeyKind.Enter)]
    [DataRow("\e]hello\n", "hello", KeyKind.Enter)]
    [DataRow("\eXhello\x7F", "hello", KeyKind.DeleteLeft)]
    [DataRow("\e^hello\t", "hello", KeyKind.Complete)]
    [DataRow("\e_hello\x15", "hello", KeyKind.UnixLineDiscard)]
    [DataRow("\ePhéllo 你\e[D", "héllo 你", KeyKind.Left)]
    [DataRow("\ePhello\e\e[A", "hello", KeyKind.Escape, KeyKind.PreviousHistory)]
    [DataRow("\ePhello\e\e[D", "hello", KeyKind.WordLeft)]
    public void Text_after_alt_and_a_letter_is_not_lost(string typed, string text, params object[] kinds)
    {
        Key[] expected = [new Key(KeyKind.Text, text), .. kinds.Select(kind => new Key((KeyKind)kind))];

        Assert.AreSequenceEqual(expected, Keys.Parse(new KeyParser(), typed));
        Assert.AreSequenceEqual(expected, Keys.ParseOneByOne(new KeyParser(), typed));
    }
}
