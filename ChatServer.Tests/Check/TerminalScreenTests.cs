using ThreadedChat.ChatCheck.Cases.Client;

namespace ThreadedChat.ChatServer.Tests.Check;

[TestClass]
public sealed class TerminalScreenTests
{
    [TestMethod]
    [DataRow("[Me] \r    \rA\n[Me] ", "A|[Me]")]
    [DataRow("[Me] \rA\n", "AMe]|")]
    [DataRow("[Me] \r     \rA\n", "A|")]
    [DataRow("[Me] \r\u001b[KA\n", "A|")]
    [DataRow("[Me] \u001b[2K\rA\n", "A|")]
    [DataRow("abc\u001b[1;31mdef", "abcdef")]
    [DataRow("abc\b\bX", "aXc")]
    [DataRow("a\tb", "a       b")]
    [DataRow("one\n\ntwo", "one||two")]
    public void A_line_is_what_a_terminal_would_show(string printed, string lines)
    {
        var screen = new TerminalScreen();

        screen.Write(printed);

        Assert.AreEqual(lines, string.Join('|', screen.Lines));
    }

    [TestMethod]
    public void The_line_with_the_cursor_is_not_finished()
    {
        var screen = new TerminalScreen();

        screen.Write("one\ntwo");

        Assert.AreEqual("one", string.Join('|', screen.FinishedLines));
    }

    [TestMethod]
    public void What_is_written_to_a_copy_does_not_show_on_the_screen()
    {
        var screen = new TerminalScreen();
        screen.Write("[Me] ");

        screen.Copy().Write("\rother\n");

        Assert.AreEqual("[Me]", string.Join('|', screen.Lines));
    }
}
