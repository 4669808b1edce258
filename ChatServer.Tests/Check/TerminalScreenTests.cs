using System.Text;
using ThreadedChat.ChatCheck.Terminals;

namespace ThreadedChat.ChatServer.Tests.Check;

[TestClass]
public sealed class TerminalScreenTests
{
    [TestMethod]
    [DataRow("[Me] \r    \rA\n[Me] ", "A|[Me]")]
    [DataRow("[Me] \rA\n", "AMe]|")]
    [DataRow("[Me] \r     \rA\n", "A|")]
    [DataRow("[Me] \r\e[KA\n", "A|")]
    [DataRow("[Me] \e[2K\rA\n", "A|")]
    [DataRow("[Me] \e[2K\e[1GA\n", "A|")]
    [DataRow("[Me] \b \b\b \b\b \b\b \b\b \bA\n", "A|")]
    [DataRow("abc\e[1;31mdef\e[38:2::1:2:3m!", "abcdef!")]
    [DataRow("abc\b\bX", "aXc")]
    [DataRow("a\tb", "a       b")]
    [DataRow("one\n\ntwo", "one||two")]
    [DataRow("one\ntwo\e[A\e[2Kthree\n", "   three|two")]
    [DataRow("\e]0;a title\aA\eP1$r0m\e\\B\e_x\e\\C", "ABC")]
    [DataRow("\e(0lqk\e(BA\e[?25l\e[>4;1m\e[?2004hB", "┌─┐AB")]
    [DataRow("ab\e[sc\ndef\e[uX", "abX|def")]
    [DataRow("ab\e7c\ndef\e8X", "abX|def")]
    [DataRow("e\u0301🐼 ação", "e\u0301🐼 ação")]
    [DataRow("a\e[5bX", "aaaaaaX")]
    public void A_line_is_read_as_a_terminal_shows_it(string printed, string lines)
    {
        var screen = new TerminalScreen(newLineMode: true);

        screen.Write(printed);

        Assert.AreEqual(lines, string.Join('|', screen.Lines));
    }

    [TestMethod]
    public void A_wrapped_text_is_one_line_and_rows_that_scroll_off_at_the_top_are_kept()
    {
        var screen = new TerminalScreen(rows: 3, columns: 4, newLineMode: true);

        screen.Write("abcdefghij\none\ntwo\nfour\n[Me]");

        Assert.AreEqual("abcdefghij|one|two|four|[Me]", string.Join('|', screen.Lines));
        Assert.AreEqual("two|four|[Me]", string.Join('|', screen.Rows));
    }

    [TestMethod]
    public void The_line_with_the_cursor_is_not_finished()
    {
        var screen = new TerminalScreen(newLineMode: true);

        screen.Write("one\ntwo\nthree\e[A");

        Assert.AreEqual("one|three", string.Join('|', screen.FinishedLines));
        Assert.AreEqual("two", screen.CursorLine);
    }

    [TestMethod]
    public void A_newline_only_moves_down_if_no_system_adds_the_return()
    {
        var screen = new TerminalScreen();

        screen.Write("one\ntwo\r\nthree");

        Assert.AreEqual("one|   two|three", string.Join('|', screen.Lines));
    }

    [TestMethod]
    public void The_second_screen_hides_the_first_and_is_known_after_it_is_left()
    {
        var screen = new TerminalScreen(newLineMode: true);

        screen.Write("before\n\e[?1049h\e[Hinside");
        Assert.IsTrue(screen.IsAlternate);
        Assert.AreEqual("inside", string.Join('|', screen.Lines));

        screen.Write("\e[?1049lafter");
        Assert.AreEqual("before|after", string.Join('|', screen.Lines));
        Assert.AreEqual("inside", string.Join('|', screen.LeftLines));
    }

    [TestMethod]
    [DataRow("ab\ncd\e[6n", "\e[2;3R")]
    [DataRow("\e[5n", "\e[0n")]
    [DataRow("\e[c", "\e[?1;2c")]
    [DataRow("\e[>c", "\e[>0;0;0c")]
    [DataRow("\e[18t", "\e[8;50;500t")]
    [DataRow("\e[?2026$p", "\e[?2026;0$y")]
    [DataRow("\e[?6n", "\e[?1;1R")]
    public void A_question_of_the_program_is_answered(string question, string answer)
    {
        string answered = "";
        var screen = new TerminalScreen(newLineMode: true, answer: text => answered += text);

        screen.Write(question);

        Assert.AreEqual(answer, answered);
    }

    /// <summary>However a stream is cut, the same is shown.</summary>
    [TestMethod]
    public void Bytes_may_come_one_by_one()
    {
        byte[] printed = Encoding.UTF8.GetBytes("[Me] \e[2K\e[1Gação 🐼\n\e]0;title\e\\\e[1;31m[Me]\e[0m ");
        var screen = new TerminalScreen(newLineMode: true);

        foreach (byte one in printed)
        {
            screen.Write([one]);
        }

        Assert.AreEqual("ação 🐼|[Me]", string.Join('|', screen.Lines));
    }

    [TestMethod]
    [DataRow("\e[99999;99999H\e[99999A\e[99999X\e[99999@\e[99999P\e[99999L\e[99999M\e[99999S\e[99999T\e[99999bA")]
    [DataRow("\e[0;0r\e[5;2r\e[;;;H\e[?6h\e[9;9r\e[1;1HA\e[?6l")]
    [DataRow("\e[3g\t\tA\e[Z\e[Z\e[18446744073709551616C")]
    [DataRow("你\b\b\e[1P你\e[1@\e[500G你\e[1X\e[499G界\e[K")]
    public void Extreme_sequences_do_not_break_it(string printed)
    {
        var screen = new TerminalScreen(answer: _ => { });

        screen.Write($"{printed}\ec\r\nok");

        Assert.AreEqual("|ok", string.Join('|', screen.Rows.Take(2)));
    }
}
