using CsCheck;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Channels;

[TestClass]
public sealed class ParticipantNameTests
{
    [TestMethod]
    [DataRow("Panda", "Panda")]
    [DataRow("P", "P")]
    [DataRow("Panda\n", "Panda", DisplayName = "A trailing line break is whitespace")]
    [DataRow("Panda \t\r\n", "Panda")]
    [DataRow("Panda\0\0\0", "Panda", DisplayName = "Filled up with NULs")]
    [DataRow("Red Panda", "Red Panda")]
    [DataRow("Red\tPanda", "Red Panda", DisplayName = "A control character becomes a space")]
    [DataRow("Pan\u0085\u2028\u202e\u2066da", "Panda", DisplayName = "Other controls are dropped")]
    [DataRow("\u001b[31mPanda", null, DisplayName = "A terminal's control sequence has a bracket")]
    [DataRow("/list", "/list")]
    [DataRow("Панда 🐼 e\u0301", "Панда 🐼 e\u0301")]
    public void A_name_is_taken_cleaned(string sent, string? name)
    {
        Assert.AreEqual(name is not null, TryParse(Frame.Encode(sent), out string parsed));
        Assert.AreEqual(name ?? "", parsed);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("   ")]
    [DataRow("\n")]
    [DataRow("\t\r\n")]
    [DataRow("\0\0\0", DisplayName = "Only NULs")]
    [DataRow("\u0001 \u007f", DisplayName = "Only control characters")]
    [DataRow("\u202e\u2069", DisplayName = "Only characters that are dropped")]
    [DataRow("[Panda")]
    [DataRow("Panda]")]
    [DataRow("Pan[]da")]
    [DataRow("Pan\nda")]
    [DataRow("Pan\rda")]
    [DataRow("Pan\r\nda")]
    [DataRow("\nPanda")]
    public void A_name_that_is_empty_or_has_brackets_or_line_breaks_is_refused(string sent)
    {
        Assert.IsFalse(TryParse(Frame.Encode(sent), out _));
    }

    [TestMethod]
    [DataRow("x", 64, true)]
    [DataRow("x", 65, false)]
    [DataRow("x", 200, false)]
    [DataRow("é", 32, true)]
    [DataRow("é", 33, false)]
    [DataRow("€", 21, true)]
    [DataRow("€", 22, false)]
    [DataRow("🐼", 16, true)]
    [DataRow("🐼", 17, false)]
    public void A_name_has_at_most_64_bytes(string character, int count, bool allowed)
    {
        string name = string.Concat(Enumerable.Repeat(character, count));

        Assert.AreEqual(allowed, TryParse(Frame.Encode(name), out _));
    }

    [TestMethod]
    public void A_line_break_before_padding_with_NULs_is_a_trailing_one()
    {
        Assert.IsTrue(TryParse([.. "Panda\n"u8, .. new byte[194]], out string name));

        Assert.AreEqual("Panda", name);
    }

    [TestMethod]
    public void An_invalid_byte_in_a_name_becomes_a_question_mark()
    {
        Assert.IsTrue(TryParse([.. "Pan"u8, 0xc3, .. "da"u8, 0xff], out string name));

        Assert.AreEqual("Pan?da?", name);
    }

    [TestMethod]
    public void Property_whatever_the_bytes_a_name_that_is_taken_keeps_the_rules()
    {
        Texts.HostileBytes.Sample(bytes =>
        {
            if (!TryParse(bytes, out string name))
            {
                return;
            }

            Assert.IsInRange(1, 64, Texts.Bytes(name));
            Assert.DoesNotMatchRegex(@"[\[\]\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]", name);
            Assert.AreEqual(name.TrimEnd(' '), name);
        });
    }

    private static bool TryParse(byte[] frame, out string name) => ParticipantName.TryParse(frame, out name);
}
