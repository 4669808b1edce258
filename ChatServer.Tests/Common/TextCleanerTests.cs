using System.Text;
using CsCheck;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Common;

[TestClass]
public sealed class TextCleanerTests
{
    private static readonly int[] C0AndDel = [.. Enumerable.Range(0x00, 0x20), 0x7f];

    private static readonly int[] Dropped =
    [
        .. Enumerable.Range(0x80, 0x20), // C1
        0x2028, 0x2029, // separators
        0x061c, 0x200e, 0x200f, // bidirectional marks
        0x202a, 0x202b, 0x202c, 0x202d, 0x202e, // bidirectional embeddings and overrides
        0x2066, 0x2067, 0x2068, 0x2069, // bidirectional isolates
    ];

    [TestMethod]
    public void Each_control_character_and_DEL_becomes_a_space()
    {
        foreach (int control in C0AndDel)
        {
            Assert.AreEqual("a b", Clean($"a{(char)control}b"), $"U+{control:X4}");
        }
    }

    [TestMethod]
    public void Each_C1_control_separator_and_bidirectional_control_is_dropped()
    {
        foreach (int control in Dropped)
        {
            Assert.AreEqual("ab", Clean($"a{(char)control}b"), $"U+{control:X4}");
        }
    }

    [TestMethod]
    public void Characters_next_to_dropped_ones_pass()
    {
        foreach (int neighbour in (int[])[0x20, 0x7e, 0xa0, 0x061b, 0x061d, 0x200d, 0x2010, 0x2027, 0x202f, 0x2065, 0x206a])
        {
            string text = $"a{(char)neighbour}b";
            Assert.AreEqual(text, Clean(text), $"U+{neighbour:X4}");
        }
    }

    [TestMethod]
    [DataRow("plain text, 100%")]
    [DataRow("Grüße, Привет, 你好, שלום, مرحبا")]
    [DataRow("e\u0301 a\u0308\u0323")]
    [DataRow("😀 👩‍👩‍👧 🇩🇪 ❤\ufe0f")]
    [DataRow("\u200b \u200c \u200d \ufeff")]
    [DataRow("\U0010ffff \ufffd \uffff")]
    [DataRow("[brackets] and /slashes")]
    public void All_other_text_passes_unchanged(string text)
    {
        Assert.AreEqual(text, Clean(text));
    }

    [TestMethod]
    [DataRow("61 80 62", "a?b", DisplayName = "a lone continuation")]
    [DataRow("80 BF", "??", DisplayName = "two lone continuations")]
    [DataRow("61 C3", "a?", DisplayName = "two bytes, truncated at the end")]
    [DataRow("E2 82", "??", DisplayName = "three bytes, truncated at the end")]
    [DataRow("F0 9F 98", "???", DisplayName = "four bytes, truncated at the end")]
    [DataRow("C3 41", "?A", DisplayName = "two bytes, truncated before a letter")]
    [DataRow("E2 82 41", "??A", DisplayName = "three bytes, truncated before a letter")]
    [DataRow("F0 9F 98 41", "???A", DisplayName = "four bytes, truncated before a letter")]
    [DataRow("E2 82 C3 A9", "??é", DisplayName = "truncated before another character")]
    [DataRow("C0 AF", "??", DisplayName = "overlong in two bytes")]
    [DataRow("C1 BF", "??", DisplayName = "overlong in two bytes, the last")]
    [DataRow("E0 80 AF", "???", DisplayName = "overlong in three bytes")]
    [DataRow("F0 80 80 AF", "????", DisplayName = "overlong in four bytes")]
    [DataRow("C0 8A", "??", DisplayName = "an overlong line break")]
    [DataRow("ED A0 80", "???", DisplayName = "a high surrogate")]
    [DataRow("ED BF BF", "???", DisplayName = "a low surrogate")]
    [DataRow("ED A0 BD ED B8 80", "??????", DisplayName = "a surrogate pair")]
    [DataRow("F4 90 80 80", "????", DisplayName = "just over U+10FFFF")]
    [DataRow("F5 80 80 80", "????", DisplayName = "far over U+10FFFF")]
    [DataRow("FE FF", "??", DisplayName = "bytes that UTF-8 does not know")]
    [DataRow("9B 33 31 6D", "?31m", DisplayName = "a C1 control as one byte")]
    public void Each_byte_that_is_not_part_of_valid_utf8_becomes_a_question_mark(string hex, string cleaned)
    {
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.AreEqual(cleaned, Texts.Strict.GetString(TextCleaner.Clean(bytes)));
    }

    [TestMethod]
    [DataRow("a\nb", false, "a b")]
    [DataRow("a\nb", true, "a\nb")]
    [DataRow("a\r\nb\tc", true, "a \nb c")]
    public void A_line_break_passes_only_where_it_is_asked_for(string text, bool keepLineBreaks, string cleaned)
    {
        Assert.AreEqual(cleaned, Texts.Strict.GetString(TextCleaner.Clean(Encoding.UTF8.GetBytes(text), keepLineBreaks)));
    }

    [TestMethod]
    public void Property_for_any_bytes_the_result_is_valid_clean_and_not_longer()
    {
        Texts.HostileBytes.Sample(bytes =>
        {
            byte[] cleaned = TextCleaner.Clean(bytes);

            Assert.IsLessThanOrEqualTo(bytes.Length, cleaned.Length);
            foreach (Rune rune in Texts.Strict.GetString(cleaned).EnumerateRunes())
            {
                Assert.IsFalse(C0AndDel.Contains(rune.Value) || Dropped.Contains(rune.Value), $"U+{rune.Value:X4}");
            }
        });
    }

    [TestMethod]
    public void Property_cleaning_twice_is_cleaning_once()
    {
        Texts.HostileBytes.Sample(bytes =>
        {
            byte[] once = TextCleaner.Clean(bytes);

            Assert.AreSequenceEqual(once, TextCleaner.Clean(once));
        });
    }

    [TestMethod]
    public void Property_a_text_is_clean_if_cleaning_leaves_it_as_it_is()
    {
        Texts.HostileBytes.Sample(bytes =>
        {
            byte[] cleaned = TextCleaner.Clean(bytes);

            Assert.AreEqual(bytes.AsSpan().SequenceEqual(cleaned), TextCleaner.IsClean(bytes));
            Assert.IsTrue(TextCleaner.IsClean(cleaned));
        });
    }

    [TestMethod]
    public void Property_text_without_anything_forbidden_passes_unchanged()
    {
        Texts.Grapheme.Where(grapheme => !grapheme.Any(c => C0AndDel.Contains(c) || Dropped.Contains(c)))
            .Array[0, 300].Select(string.Concat)
            .Sample(text => Assert.AreEqual(text, Clean(text)));
    }

    private static string Clean(string text) => Texts.Strict.GetString(TextCleaner.Clean(Texts.Strict.GetBytes(text)));
}
