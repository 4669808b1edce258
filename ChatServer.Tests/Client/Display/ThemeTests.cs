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
        Assert.AreEqual("\e[38;5;161m[Alice]\e[39m", Theme.Both.Name("[Alice]", "Alice"));

        IEnumerable<string> colours = Enumerable.Range(0, 200).Select(i => Theme.Both.Name("x", $"name {i}")).Distinct();
        Assert.HasCount(Theme.Both.Colours.Count, colours);
    }

    [TestMethod]
    public void Without_a_theme_nothing_is_added()
    {
        Assert.AreEqual("[Alice]", Theme.None.Name("[Alice]", "Alice"));
        Assert.AreEqual("dim", Theme.None.Dim("dim"));
        Assert.AreEqual("mark", Theme.None.Mark("mark"));
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
