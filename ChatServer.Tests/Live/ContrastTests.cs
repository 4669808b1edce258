using System.Globalization;
using System.Text.RegularExpressions;
using ThreadedChat.ChatClient.Decode;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Live;

/// <summary>The colours of the pages can be read: text has the contrast of WCAG 2.2, level AA (4.5 to 1), in each set of colours.</summary>
[TestClass]
public sealed partial class ContrastTests
{
    private const double Least = 4.5;

    [TestMethod]
    public void The_texts_of_the_live_page_stand_out_from_their_ground() => Check(
        File.ReadAllText(Path.Combine(Repository.Root, "ChatServer", "Live", "Page", "page.css")),
        sets: 4,
        grounds: ["back", "panel"],
        texts: ["ink", "faint", "accent", "fine", "warn", "bad"]);

    [TestMethod]
    public void The_texts_of_a_picture_stand_out_from_the_paper() => Check(
        PictureStyle.Css,
        sets: 3,
        grounds: ["paper"],
        texts: ["ink", "faint", "send", "bad"]);

    [TestMethod]
    public void Black_on_white_has_the_most_contrast() => Assert.AreEqual(21, Contrast("#000", "#ffffff"), 0.01);

    private static void Check(string css, int sets, string[] grounds, string[] texts)
    {
        Dictionary<string, string>[] found = [.. Blocks().Matches(css)
            .Select(block => Colours().Matches(block.Value).ToDictionary(one => one.Groups[1].Value, one => one.Groups[2].Value))
            .Where(colours => colours.ContainsKey("ink"))];
        Assert.HasCount(sets, found);
        Assert.AreEqual("", string.Join('\n',
            from colours in found
            from ground in grounds
            from text in texts
            let contrast = Contrast(colours[text], colours[ground])
            where contrast < Least
            select FormattableString.Invariant($"{text} {colours[text]} on {ground} {colours[ground]}: {contrast:0.0}")));
    }

    private static double Contrast(string one, string other)
    {
        double[] light = [Luminance(one), Luminance(other)];
        return (light.Max() + 0.05) / (light.Min() + 0.05);
    }

    /// <summary>The relative luminance of <c>#rgb</c> or <c>#rrggbb</c>, as WCAG defines it.</summary>
    private static double Luminance(string colour)
    {
        string digits = colour.Length == 4 ? string.Concat(colour[1..].Select(c => new string(c, 2))) : colour[1..];
        double[] parts = [.. Enumerable.Range(0, 3)
            .Select(i => int.Parse(digits.AsSpan(i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))];
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Blocks();

    [GeneratedRegex(@"--([a-z]+): (#[0-9a-f]{6}|#[0-9a-f]{3})\b")]
    private static partial Regex Colours();
}
