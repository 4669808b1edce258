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
    public void A_name_is_accepted_in_its_cleaned_form(string sent, string? name)
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
    public void A_name_that_is_empty_or_has_brackets_or_line_breaks_is_rejected(string sent)
    {
        Assert.IsFalse(TryParse(Frame.Encode(sent), out _));
    }

    [TestMethod]
    [DataRow("Ann\u200b", DisplayName = "a space of zero width at the end")]
    [DataRow("A\u00adnn", DisplayName = "a soft hyphen")]
    [DataRow("A\u034fnn", DisplayName = "a joiner of graphemes")]
    [DataRow("\ufeffAnn", DisplayName = "a byte order mark")]
    [DataRow("A\u2060nn", DisplayName = "a word joiner")]
    [DataRow("A\u3164nn", DisplayName = "a filler")]
    [DataRow("A\U000e0041nn", DisplayName = "a tag")]
    [DataRow("\u200dAnn", DisplayName = "a joiner with nothing in front")]
    [DataRow("Ann\u200d", DisplayName = "a joiner with nothing behind")]
    [DataRow("A\u200d\u200dnn", DisplayName = "two joiners")]
    [DataRow("A \u200dnn", DisplayName = "a joiner behind a blank")]
    [DataRow("\ufe0fAnn", DisplayName = "a variation selector with nothing in front")]
    [DataRow(" Ann", DisplayName = "a blank in front")]
    [DataRow("\tAnn", DisplayName = "a tab in front")]
    [DataRow("\u0001Ann", DisplayName = "a control that becomes a blank in front")]
    [DataRow("Ann\u00a0")]
    [DataRow("\u3000Ann")]
    [DataRow("Ann\u2003")]
    [DataRow("Ann\u2800", DisplayName = "braille without dots")]
    [DataRow("\u2800", DisplayName = "nothing but braille without dots")]
    [DataRow("\u00a0")]
    [DataRow("\u200b\u200c\u200d")]
    [DataRow("\u0301", DisplayName = "a mark on nothing")]
    [DataRow("\ue000", DisplayName = "private use")]
    [DataRow("\U000f0000\U0010fffd", DisplayName = "private use of the other planes")]
    [DataRow("\uffff", DisplayName = "nothing but what is no character")]
    [DataRow("\u0378", DisplayName = "not assigned")]
    [DataRow("Ann\ue000", DisplayName = "private use beside a letter")]
    [DataRow("A\U000f0000nn", DisplayName = "private use of another plane")]
    [DataRow("Ann\ufff9", DisplayName = "an anchor of an annotation")]
    [DataRow("A\ufffann", DisplayName = "a separator of an annotation")]
    [DataRow("A\ufffbnn", DisplayName = "the end of an annotation")]
    [DataRow("A\ufffcnn", DisplayName = "the place of an object")]
    [DataRow("A\U00013430nn", DisplayName = "a joiner of Egyptian")]
    [DataRow("A\ufdd0nn", DisplayName = "no character")]
    [DataRow("A\U0001fffenn", DisplayName = "no character of another plane")]
    [DataRow("\ue000 \uffff", DisplayName = "these with a blank between them")]
    public void A_name_without_a_visible_character_or_with_invisible_characters_or_blanks_at_its_ends_is_rejected(string sent)
    {
        Assert.IsFalse(TryParse(Frame.Encode(sent), out _));
    }

    [TestMethod]
    [DataRow("👩\u200d👩\u200d👧")]
    [DataRow("❤\ufe0f")]
    [DataRow("❤\ufe0f\u200d🔥")]
    [DataRow("نامه\u200cای", DisplayName = "Persian is written with it")]
    [DataRow("葛\U000e0100", DisplayName = "a variant of a character")]
    [DataRow("Red\u00a0Panda")]
    [DataRow("e\u0301")]
    [DataRow("\ufffd", DisplayName = "the replacement character has a glyph, and is the same for all")]
    [DataRow("A\u0378", DisplayName = "not assigned yet: a newer character than this version of Unicode has")]
    public void Joiners_and_variation_selectors_between_visible_characters_are_allowed_in_a_name(string sent)
    {
        Assert.IsTrue(TryParse(Frame.Encode(sent), out string name));
        Assert.AreEqual(sent, name);
    }

    [TestMethod]
    [DataRow("Me")]
    [DataRow("me")]
    [DataRow("ME")]
    [DataRow("mE")]
    [DataRow("M\u200de", DisplayName = "with a joiner")]
    [DataRow("M\u200ee", DisplayName = "with a mark that is dropped")]
    [DataRow("Me\ufe0f", DisplayName = "with a variation selector")]
    [DataRow("M\u0435", DisplayName = "with a Cyrillic letter")]
    [DataRow("\u043c\u0435", DisplayName = "in small Cyrillic letters")]
    [DataRow("\U0001d40ce", DisplayName = "with a mathematical letter")]
    [DataRow("\uff2de", DisplayName = "in full width")]
    [DataRow("\u216fe", DisplayName = "with a Roman numeral")]
    public void The_name_Me_is_rejected_since_every_screen_uses_it_for_its_own_user(string sent)
    {
        Assert.IsFalse(TryParse(Frame.Encode(sent), out _));
    }

    [TestMethod]
    [DataRow("Mei")]
    [DataRow("Me2")]
    [DataRow("Mé")]
    [DataRow("M e")]
    [DataRow("rne", DisplayName = "in ASCII only its case counts")]
    [DataRow("Mei\u00e9")]
    [DataRow("\u041c\u0435\u0440\u0438")]
    public void A_name_that_only_resembles_Me_is_accepted(string sent)
    {
        Assert.IsTrue(TryParse(Frame.Encode(sent), out _));
    }

    [TestMethod]
    [DataRow("Bob has left. Alice")]
    [DataRow("Bob  has \u2003 left")]
    [DataRow("Bob has joined, so")]
    [DataRow("Bob HAS LEFT and Alice")]
    [DataRow("Bob\u00a0has\u3000left. Alice")]
    [DataRow("Bob\thas left")]
    [DataRow("Bob h\u200das left")]
    [DataRow("Bob has \u217ceft")]
    [DataRow("Bob has \U0001d5c5eft")]
    [DataRow("Bob \U0001d421\U0001d41a\U0001d42c \U0001d425\U0001d41e\U0001d41f\U0001d42d")]
    [DataRow("Bob \uff48\uff41\uff53 \uff4c\uff45\uff46\uff54")]
    [DataRow("Bob has lef\u0442")]
    [DataRow("Bob ha\ua731 left")]
    [DataRow("Bob \u029cas left")]
    [DataRow("Bob \U0001f157\U0001f150\U0001f162 left")]
    public void A_name_cannot_look_like_a_notice_about_another_client(string sent)
    {
        Assert.IsFalse(TryParse(Frame.Encode(sent), out _));
    }

    /// <summary>Whatever the texts are filled with, and as far as they fit a name.</summary>
    [TestMethod]
    [DynamicData(nameof(ServerTexts))]
    public void A_name_cannot_be_a_line_of_the_server(string text)
    {
        string line = text.Replace("{0}", "x", StringComparison.Ordinal).Replace("{1}", "1", StringComparison.Ordinal);
        string name = line[..Math.Min(line.Length, 64)].Trim();

        Assert.IsFalse(TryParse(Frame.Encode(name), out _), name);
    }

    [TestMethod]
    [DataRow("Room x already exists")]
    [DataRow("room  x \u3000 already exists, so")]
    [DataRow("Room my own room already exists, so cannot be created.")]
    [DataRow("R\u043e\u043em x already exists", DisplayName = "with Cyrillic letters")]
    [DataRow("No channel named x exists. Try '/create x'?")]
    [DataRow("No channel named")]
    [DataRow("The server is full. Goodbye!")]
    [DataRow("The server is fuII", DisplayName = "with capital letters that look like others")]
    [DataRow("Announcement: we close")]
    [DataRow("Announcement:")]
    [DataRow("ANNOUNCEMENT:we close")]
    [DataRow("Server at localhost:55555 has disconnected")]
    [DataRow("The name Bob is already in use.")]
    [DataRow("Nobody named Bob is here.")]
    [DataRow("/x is not a valid control message.")]
    [DataRow("You were removed by Bob")]
    [DataRow("Bob h\u0430s left", DisplayName = "a notice with a Cyrillic letter")]
    [DataRow("\U0001d400nnouncement: x")]
    [DataRow("Announcement\uff1a x", DisplayName = "with a colon of full width")]
    [DataRow("Announcement\uff1ax", DisplayName = "without a blank")]
    [DataRow("\uff21nnouncement\ua789x")]
    [DataRow("The server Is fuII", DisplayName = "with one letter for two others")]
    [DataRow("\uff3bBob\uff3d hi", DisplayName = "in brackets of full width")]
    [DataRow("\u27e6Bob\u27e7 hi", DisplayName = "in white brackets")]
    public void A_name_cannot_begin_like_a_line_of_the_server(string sent)
    {
        Assert.IsFalse(TryParse(Frame.Encode(sent), out _));
    }

    [TestMethod]
    [DataRow("Room")]
    [DataRow("Room 12")]
    [DataRow("Room service")]
    [DataRow("The room")]
    [DataRow("Ana already exists")]
    [DataRow("The Name")]
    [DataRow("The name of the rose")]
    [DataRow("Server")]
    [DataRow("Server at work")]
    [DataRow("The server")]
    [DataRow("Nobody")]
    [DataRow("Nobody named Bob")]
    [DataRow("No channel")]
    [DataRow("Not currently here")]
    [DataRow("Announcement")]
    [DataRow("Announcements")]
    [DataRow("Unable")]
    [DataRow("You")]
    [DataRow("You are right")]
    [DataRow("Your account")]
    [DataRow("A moderator")]
    [DataRow("That guy")]
    [DataRow("There are two Anas")]
    [DataRow("Nothing")]
    [DataRow("/join")]
    [DataRow("/join me")]
    [DataRow("Wrong name")]
    [DataRow("Ana: here")]
    [DataRow("Bob is here")]
    [DataRow("Maria da Silva e Souza")]
    [DataRow("\u7530\u4e2d \u592a\u90ce")]
    [DataRow("O'Neil")]
    [DataRow("O\u2019Neil")]
    [DataRow("\u041c\u043e\u0434")]
    [DataRow("\u0410\u043d\u043d\u0430 \u0418\u0432\u0430\u043d\u043e\u0432\u0430")]
    [DataRow("\u039d\u03af\u03ba\u03bf\u03c2 \u03a0.")]
    [DataRow("\u05d3\u05d5\u05d3 \u05dc\u05d5\u05d9")]
    [DataRow("\u0645\u062d\u0645\u062f")]
    [DataRow("\U0001d40c\U0001d41a\U0001d42b\U0001d422\U0001d41a", DisplayName = "in mathematical letters")]
    [DataRow("\u3010\u516c\u5f0f\u3011Bob", DisplayName = "brackets that Japanese names have")]
    [DataRow("Ana \U0001f1e7\U0001f1f7", DisplayName = "with a flag")]
    public void An_ordinary_name_is_accepted_though_a_text_begins_with_the_same_words(string sent)
    {
        Assert.IsTrue(TryParse(Frame.Encode(sent), out _));
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
    public void A_line_break_before_padding_with_NULs_counts_as_trailing()
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
    public void Property_every_accepted_name_keeps_the_rules()
    {
        Texts.HostileBytes.Sample(bytes =>
        {
            if (!TryParse(bytes, out string name))
            {
                return;
            }

            Assert.IsInRange(1, 64, Texts.Bytes(name));
            Assert.DoesNotMatchRegex(@"[\[\]\p{Cc}\u2028\u2029\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]", name);
            Assert.AreEqual(name.Trim(), name);
            Assert.AreEqual(name.TrimEnd(' '), name);
        });
    }

    private static IEnumerable<string> ServerTexts => ProtocolText.Lines.Concat(ExtendedText.Lines).Concat(AccountText.Lines);

    private static bool TryParse(byte[] frame, out string name) => ParticipantName.TryParse(frame, out name);
}
