using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Common;

[TestClass]
public sealed partial class VisibleTextTests
{
    [TestMethod]
    [DataRow("")]
    [DataRow("plain text, 100%: [brackets], 'quotes' and /slashes")]
    [DataRow("  spaces  in   every     place ")]
    [DataRow("Grüße, Привет, 你好, שלום, ação, e\u0301")]
    [DataRow("🐼 😀 ❤\ufe0f 🇧🇷")]
    public void Ordinary_text_is_shown_unchanged(string text)
    {
        Assert.AreEqual(text, Show(text));
    }

    [TestMethod]
    [DataRow("a\nb", @"a\nb")]
    [DataRow("a\rb", @"a\rb")]
    [DataRow("a\tb", @"a\tb")]
    [DataRow("a\0b", @"a\0b")]
    [DataRow("a\u001bb", @"a\x1Bb", DisplayName = "escape")]
    [DataRow("a\u0007b", @"a\x07b", DisplayName = "bell")]
    [DataRow("a\u007fb", @"a\x7Fb", DisplayName = "DEL")]
    [DataRow("a\u0085b", @"a\u{85}b", DisplayName = "next line, C1")]
    [DataRow("a\u009bb", @"a\u{9B}b", DisplayName = "control sequence, C1")]
    [DataRow("a\u00a0b", @"a\u{A0}b", DisplayName = "no-break space")]
    [DataRow("a\u200bb", @"a\u{200B}b", DisplayName = "zero width space")]
    [DataRow("a\u200db", @"a\u{200D}b", DisplayName = "joiner")]
    [DataRow("a\u2028b", @"a\u{2028}b", DisplayName = "line separator")]
    [DataRow("a\u2029b", @"a\u{2029}b", DisplayName = "paragraph separator")]
    [DataRow("a\u202eb", @"a\u{202E}b", DisplayName = "right-to-left override")]
    [DataRow("a\u2066b", @"a\u{2066}b", DisplayName = "left-to-right isolate")]
    [DataRow("\ufeffa", @"\u{FEFF}a", DisplayName = "byte order mark")]
    [DataRow("a\U000e0041b", @"a\u{E0041}b", DisplayName = "a tag, of five digits")]
    [DataRow("a\\nb", @"a\\nb", DisplayName = "a backslash")]
    [DataRow("say \"hi\"", "say \\\"hi\\\"", DisplayName = "quotation marks")]
    public void An_invisible_or_ambiguous_character_gets_a_name(string text, string shown)
    {
        Assert.AreEqual(shown, Show(text));
    }

    [TestMethod]
    [DataRow("", "")]
    [DataRow("a", "a")]
    [DataRow(" a b", " a b")]
    [DataRow("a   ", "a···")]
    [DataRow("a    ", "a·×4")]
    [DataRow("    ", "·×4")]
    [DataRow("a\n  ", @"a\n··")]
    [DataRow("a  \0", @"a  \0")]
    public void Padding_is_shown_and_counted_on_request(string text, string shown)
    {
        Assert.AreEqual(shown, VisibleText.ShowPadded(Texts.Strict.GetBytes(text)));
    }

    [TestMethod]
    [DataRow("61 FF 62", @"a\xFFb", DisplayName = "a byte that UTF-8 does not know")]
    [DataRow("61 C3", @"a\xC3", DisplayName = "a character cut in two, its beginning")]
    [DataRow("A9 61", @"\xA9a", DisplayName = "a character cut in two, its end")]
    [DataRow("F0 9F 90", @"\xF0\x9F\x90", DisplayName = "a panda without its last byte")]
    [DataRow("E2 82 41", @"\xE2\x82A", DisplayName = "broken off before a letter")]
    [DataRow("C0 8A", @"\xC0\x8A", DisplayName = "an overlong line break")]
    [DataRow("ED A0 80", @"\xED\xA0\x80", DisplayName = "half a surrogate pair")]
    [DataRow("9B 33 31 6D", @"\x9B31m", DisplayName = "a C1 control as one byte")]
    public void Each_invalid_byte_is_shown_by_its_number(string hex, string shown)
    {
        Assert.AreEqual(shown, VisibleText.Show(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));
    }

    [TestMethod]
    [DataRow(3, @"a\0\0\0b")]
    [DataRow(4, @"a\0×4b")]
    [DataRow(185, @"a\0×185b")]
    public void A_run_of_the_same_escape_is_counted(int count, string shown)
    {
        Assert.AreEqual(shown, Show($"a{new string('\0', count)}b"));
    }

    [TestMethod]
    public void A_run_at_the_end_is_counted_and_runs_of_different_escapes_are_kept_apart()
    {
        Assert.AreEqual(@"\0×5\n×4\r\0×6", Show("\0\0\0\0\0\n\n\n\n\r\0\0\0\0\0\0"));
    }

    [TestMethod]
    public void A_run_of_the_same_letter_is_text()
    {
        Assert.AreEqual("aaaaaaaa", Show("aaaaaaaa"));
    }

    [TestMethod]
    public void Property_for_any_bytes_the_result_contains_no_control_sequence()
    {
        Texts.HostileBytes.Sample(bytes =>
        {
            foreach (Rune rune in VisibleText.Show(bytes).EnumerateRunes())
            {
                UnicodeCategory category = Rune.GetUnicodeCategory(rune);
                Assert.IsFalse(
                    category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate,
                    $"U+{rune.Value:X4}");
            }
        });
    }

    /// <summary>Only a × of the sender's own, behind an escape, could be taken for a count.</summary>
    [TestMethod]
    public void Property_the_bytes_can_be_recovered_from_the_shown_text()
    {
        Texts.HostileBytes.Where(bytes => !Encoding.UTF8.GetString(bytes).Contains('×', StringComparison.Ordinal)).Sample(bytes =>
        {
            string shown = VisibleText.Show(bytes);

            Assert.AreSequenceEqual(bytes, ReadBack(shown), shown);
        });
    }

    private static string Show(string text) => VisibleText.Show(Texts.Strict.GetBytes(text));

    private static byte[] ReadBack(string shown)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < shown.Length;)
        {
            Match escape = Escape().Match(shown, i);
            if (!escape.Success)
            {
                var rune = Rune.GetRuneAt(shown, i);
                bytes.AddRange(Encoding.UTF8.GetBytes(rune.ToString()));
                i += rune.Utf16SequenceLength;
                continue;
            }

            string name = escape.Groups["name"].Value;
            string hex = escape.Groups["hex"].Value;
            byte[] one = name switch
            {
                "n" => "\n"u8.ToArray(),
                "r" => "\r"u8.ToArray(),
                "t" => "\t"u8.ToArray(),
                "0" => "\0"u8.ToArray(),
                _ when hex.Length == 0 => Encoding.UTF8.GetBytes(name),
                _ when name[0] == 'x' => Convert.FromHexString(hex),
                _ => Encoding.UTF8.GetBytes(new Rune(int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()),
            };
            string count = escape.Groups["count"].Value;
            int times = count.Length == 0 ? 1 : int.Parse(count, CultureInfo.InvariantCulture);
            bytes.AddRange(Enumerable.Repeat(one, times).SelectMany(all => all));
            i += escape.Length;
        }

        return [.. bytes];
    }

    [GeneratedRegex(@"\G\\(?<name>[nrt0\\""]|x(?<hex>[0-9A-F]{2})|u\{(?<hex>[0-9A-F]+)\})(×(?<count>[0-9]+))?")]
    private static partial Regex Escape();
}
