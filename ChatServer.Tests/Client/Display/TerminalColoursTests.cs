using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatServer.Tests.Client.Display;

[TestClass]
public sealed class TerminalColoursTests
{
    [TestMethod]
    [DataRow(ThemeChoice.Auto, "15;0", "xterm", ThemeChoice.Dark)]
    [DataRow(ThemeChoice.Auto, "15;default;0", "rxvt", ThemeChoice.Dark)]
    [DataRow(ThemeChoice.Auto, "0;15", "xterm", ThemeChoice.Light)]
    [DataRow(ThemeChoice.Auto, "0;7", "xterm", ThemeChoice.Light)]
    [DataRow(ThemeChoice.Auto, "0;default", "xterm", ThemeChoice.Auto)]
    [DataRow(ThemeChoice.Auto, "15;4", "xterm", ThemeChoice.Auto, DisplayName = "a colour of its own is no black")]
    [DataRow(ThemeChoice.Auto, null, "xterm", ThemeChoice.Auto)]
    [DataRow(ThemeChoice.Auto, null, "linux", ThemeChoice.Dark)]
    [DataRow(ThemeChoice.Light, "15;0", "linux", ThemeChoice.Light)]
    [DataRow(ThemeChoice.None, "15;0", "linux", ThemeChoice.None)]
    public void The_theme_is_that_of_the_background_if_it_is_known(object choice, string? colours, string term, object theme)
    {
        Assert.AreEqual(
            (ThemeChoice)theme, TerminalColours.ThemeOf((ThemeChoice)choice, name => name == "TERM" ? term : name == "COLORFGBG" ? colours : null));
    }

    [TestMethod]
    [DataRow("xterm-256color", null, ColourDepth.Palette)]
    [DataRow("screen.xterm-256color", null, ColourDepth.Palette)]
    [DataRow("tmux-direct", null, ColourDepth.Palette)]
    [DataRow("alacritty", null, ColourDepth.Palette)]
    [DataRow("xterm-kitty", null, ColourDepth.Palette)]
    [DataRow("xterm", null, ColourDepth.Eight)]
    [DataRow("xterm-color", null, ColourDepth.Eight)]
    [DataRow("xterm-16color", null, ColourDepth.Eight)]
    [DataRow("linux", null, ColourDepth.Eight)]
    [DataRow("screen", null, ColourDepth.Eight)]
    [DataRow("xterm", "truecolor", ColourDepth.Palette)]
    [DataRow("xterm", "24bit", ColourDepth.Palette)]
    [DataRow("xterm", "yes", ColourDepth.Eight)]
    [DataRow("xterm-mono", null, ColourDepth.None)]
    [DataRow("xterm-mono", "truecolor", ColourDepth.None)]
    [DataRow("rxvt-m", "truecolor", ColourDepth.None)]
    [DataRow("linux-m", null, ColourDepth.None)]
    [DataRow("vt52", null, ColourDepth.None)]
    [DataRow("vt100", null, ColourDepth.None)]
    [DataRow("vt100", "truecolor", ColourDepth.None)]
    [DataRow("vt220", null, ColourDepth.None)]
    [DataRow("dumb", "truecolor", ColourDepth.None)]
    [DataRow("", "truecolor", ColourDepth.None)]
    [DataRow("nobody-knows-it", null, ColourDepth.None)]
    [DataRow("nobody-knows-it", "truecolor", ColourDepth.Palette)]
    [DataRow("nobody-knows-it", "yes", ColourDepth.Eight)]
    public void If_the_database_lacks_the_terminal_its_name_decides(string term, string? colorTerm, object depth) =>
        Assert.AreEqual((ColourDepth)depth, Of(term, colorTerm, known: null));

    [TestMethod]
    [DataRow(0, null, ColourDepth.None)]
    [DataRow(0, "truecolor", ColourDepth.None)]
    [DataRow(8, null, ColourDepth.Eight)]
    [DataRow(88, null, ColourDepth.Eight)]
    [DataRow(8, "truecolor", ColourDepth.Palette)]
    [DataRow(256, null, ColourDepth.Palette)]
    [DataRow(0x1000000, null, ColourDepth.Palette)]
    public void The_number_in_the_database_is_used(int known, string? colorTerm, object depth) =>
        Assert.AreEqual((ColourDepth)depth, Of("xterm-of-theirs", colorTerm, known));

    [TestMethod]
    [DataRow("1", ColourDepth.None)]
    [DataRow("0", ColourDepth.None)]
    [DataRow("", ColourDepth.Palette)]
    public void NO_COLOR_turns_colours_off_unless_it_is_empty(string value, object depth) =>
        Assert.AreEqual((ColourDepth)depth, Of("xterm-256color", "truecolor", known: 256, noColor: value));

    private static ColourDepth Of(string term, string? colorTerm, int? known, string? noColor = null) => TerminalColours.Of(
        name => name switch { "TERM" => term, "COLORTERM" => colorTerm, "NO_COLOR" => noColor, _ => null }, _ => known);
}
