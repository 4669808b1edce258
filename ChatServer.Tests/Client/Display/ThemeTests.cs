using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatServer.Tests.Client.Display;

[TestClass]
public sealed class ThemeTests
{
    private const double Black = 0;
    private const double White = 1;

    // What the guidelines for accessible pages (WCAG 2, level AA) ask of text in all sizes.
    private const double Least = 4.5;

    // The eight colours, which each terminal mixes differently: xterm's, and those of the Linux console.
    private static readonly int[][] Xterm =
        [[0, 0, 0], [205, 0, 0], [0, 205, 0], [205, 205, 0], [0, 0, 238], [205, 0, 205], [0, 205, 205], [229, 229, 229]];

    private static readonly int[][] LinuxConsole =
        [[0, 0, 0], [170, 0, 0], [0, 170, 0], [170, 85, 0], [0, 0, 170], [170, 0, 170], [0, 170, 170], [170, 170, 170]];

    [TestMethod]
    [DataRow(ThemeChoice.Dark, new[] { Black })]
    [DataRow(ThemeChoice.Light, new[] { White })]
    [DataRow(ThemeChoice.Auto, new[] { Black, White })]
    public void Each_colour_can_be_read_on_the_background_of_its_theme(object choice, double[] backgrounds)
    {
        foreach (double background in backgrounds)
        {
            foreach (byte colour in Theme.Of((ThemeChoice)choice, ColourDepth.Palette).Colours)
            {
                Assert.IsGreaterThanOrEqualTo(Least, Contrast(OfPalette(colour), background), $"{colour} on {background}");
            }

            foreach (byte colour in Theme.Of((ThemeChoice)choice, ColourDepth.Eight).Colours)
            {
                Assert.IsGreaterThanOrEqualTo(Least, Contrast(Xterm[colour], background), $"{colour} of xterm on {background}");
                Assert.IsGreaterThanOrEqualTo(Least, Contrast(LinuxConsole[colour], background), $"{colour} of the console on {background}");
            }
        }
    }

    [TestMethod]
    [DataRow(ThemeChoice.Dark, 12, 3)]
    [DataRow(ThemeChoice.Light, 12, 3)]
    [DataRow(ThemeChoice.Auto, 6, 0)]
    public void A_theme_has_different_colours(object choice, int ofPalette, int ofEight)
    {
        Assert.HasCount(ofPalette, Theme.Of((ThemeChoice)choice, ColourDepth.Palette).Colours.Distinct());
        Assert.HasCount(ofEight, Theme.Of((ThemeChoice)choice, ColourDepth.Eight).Colours.Distinct());
        Assert.IsEmpty(Theme.Of((ThemeChoice)choice, ColourDepth.None).Colours);
    }

    [TestMethod]
    public void A_theme_uses_no_more_colours_than_the_terminal_has()
    {
        Assert.AreEqual("\e[32mx\e[m", Theme.Of(ThemeChoice.Dark, ColourDepth.Eight).Name("x", 0));
        Assert.AreEqual("\e[38;5;39mx\e[m", Theme.Of(ThemeChoice.Dark, ColourDepth.Palette).Name("x", 0));
        Assert.AreEqual("x", Theme.Of(ThemeChoice.Dark, ColourDepth.None).Name("x", -1));
    }

    [TestMethod]
    [DataRow(ThemeChoice.Dark)]
    [DataRow(ThemeChoice.Light)]
    [DataRow(ThemeChoice.Auto)]
    public void Without_colours_bold_and_reverse_stay(object choice)
    {
        Assert.AreEqual("\e[1;7mmark\e[m", Theme.Of((ThemeChoice)choice, ColourDepth.None).Mark("mark"));
    }

    [TestMethod]
    public void Without_a_theme_no_sequence_is_added()
    {
        Assert.AreEqual("dim", Theme.None.Dim("dim"));
        Assert.AreEqual("mark", Theme.None.Mark("mark"));
        Assert.IsEmpty(Theme.Of(ThemeChoice.None, ColourDepth.Palette).Colours);
        Assert.AreEqual("mark", Theme.Of(ThemeChoice.None, ColourDepth.Palette).Mark("mark"));
    }

    /// <summary>Of the palette of 256, from its cube of 6 by 6 by 6 or its greys.</summary>
    private static int[] OfPalette(byte colour)
    {
        Assert.IsInRange(16, 255, colour); // the first 16 are whatever the user has chosen
        int[] levels = [0, 95, 135, 175, 215, 255];
        int index = colour - 16;
        int grey = 8 + (10 * (colour - 232));
        return colour >= 232 ? [grey, grey, grey] : [levels[index / 36], levels[index / 6 % 6], levels[index % 6]];
    }

    private static double Contrast(int[] colour, double background)
    {
        double luminance = (0.2126 * Linear(colour[0])) + (0.7152 * Linear(colour[1])) + (0.0722 * Linear(colour[2]));
        return (Math.Max(luminance, background) + 0.05) / (Math.Min(luminance, background) + 0.05);
    }

    private static double Linear(int level)
    {
        double value = level / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
