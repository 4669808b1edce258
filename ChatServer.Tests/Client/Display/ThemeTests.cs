using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatServer.Tests.Client.Display;

[TestClass]
public sealed class ThemeTests
{
    private const double Black = 0;
    private const double White = 1;

    // What the guidelines for accessible pages (WCAG 2) ask of text: 4.5 for all sizes, 3 for what is bold or large.
    private const double Good = 4.5;
    private const double Readable = 3;

    [TestMethod]
    public void Each_colour_can_be_read_on_its_background()
    {
        foreach (byte colour in Theme.Dark.Colours)
        {
            Assert.IsGreaterThanOrEqualTo(Good, Contrast(colour, Black), $"{colour} on black");
        }

        foreach (byte colour in Theme.Light.Colours)
        {
            Assert.IsGreaterThanOrEqualTo(Good, Contrast(colour, White), $"{colour} on white");
        }

        foreach (byte colour in Theme.Both.Colours)
        {
            Assert.IsGreaterThanOrEqualTo(Readable, Contrast(colour, Black), $"{colour} on black");
            Assert.IsGreaterThanOrEqualTo(Readable, Contrast(colour, White), $"{colour} on white");
        }
    }

    [TestMethod]
    public void A_name_has_one_colour_always_and_names_have_many()
    {
        Assert.AreEqual("\e[38;5;161m[Alice]\e[m", Theme.Both.Name("[Alice]", "Alice"));

        IEnumerable<string> colours = Enumerable.Range(0, 200).Select(i => Theme.Both.Name("x", $"name {i}")).Distinct();
        Assert.HasCount(Theme.Both.Colours.Count, colours);
    }

    [TestMethod]
    [DataRow(ThemeChoice.Dark)]
    [DataRow(ThemeChoice.Light)]
    [DataRow(ThemeChoice.Auto)]
    public void A_theme_uses_no_more_colours_than_the_terminal_has(object choice)
    {
        Theme none = Theme.Of((ThemeChoice)choice, ColourDepth.None);
        Theme eight = Theme.Of((ThemeChoice)choice, ColourDepth.Eight);
        Theme palette = Theme.Of((ThemeChoice)choice, ColourDepth.Palette);

        foreach (string name in Enumerable.Range(0, 50).Select(i => $"name {i}"))
        {
            Assert.AreEqual(name, none.Name(name, name));
            Assert.MatchesRegex("^\e\\[3[1-6]mx\e\\[m$", eight.Name("x", name));
            Assert.MatchesRegex("^\e\\[38;5;[0-9]+mx\e\\[m$", palette.Name("x", name));
        }

        Assert.AreEqual("\e[1;7mmark\e[m", none.Mark("mark"));
    }

    [TestMethod]
    public void Without_a_theme_nothing_is_added()
    {
        Assert.AreEqual("[Alice]", Theme.None.Name("[Alice]", "Alice"));
        Assert.AreEqual("dim", Theme.None.Dim("dim"));
        Assert.AreEqual("mark", Theme.None.Mark("mark"));
        Assert.AreEqual("[Alice]", Theme.Of(ThemeChoice.None, ColourDepth.Palette).Name("[Alice]", "Alice"));
        Assert.AreEqual("mark", Theme.Of(ThemeChoice.None, ColourDepth.Palette).Mark("mark"));
    }

    /// <summary>The contrast of a colour of the palette, from its cube of 6 by 6 by 6, with black or white.</summary>
    private static double Contrast(byte colour, double background)
    {
        Assert.IsInRange(16, 231, colour);
        int[] levels = [0, 95, 135, 175, 215, 255];
        int index = colour - 16;
        double luminance = (0.2126 * Linear(levels[index / 36])) + (0.7152 * Linear(levels[index / 6 % 6])) + (0.0722 * Linear(levels[index % 6]));
        return (Math.Max(luminance, background) + 0.05) / (Math.Min(luminance, background) + 0.05);
    }

    private static double Linear(int level)
    {
        double value = level / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
