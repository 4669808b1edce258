using CsCheck;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Tests.Common;

[TestClass]
public sealed class NormalizationTests
{
    // From the test file of UAX #15, and its examples.
    [TestMethod]
    [DataRow("plain", "plain", "plain")]
    [DataRow("café", "cafe\u0301", "café")]
    [DataRow("cafe\u0301", "cafe\u0301", "café")]
    [DataRow("\u212b", "A\u030a", "\u00c5", DisplayName = "a character that is another")]
    [DataRow("\u1e0b\u0323", "d\u0323\u0307", "\u1e0d\u0307", DisplayName = "marks are put in order")]
    [DataRow("\u1e9b\u0323", "\u017f\u0323\u0307", "\u1e9b\u0323", DisplayName = "no compatibility")]
    [DataRow("\u0344", "\u0308\u0301", "\u0308\u0301", DisplayName = "excluded from composition")]
    [DataRow("\u0958", "\u0915\u093c", "\u0915\u093c", DisplayName = "excluded from composition, a script's own")]
    [DataRow("\u1100\u1161\u11a8", "\u1100\u1161\u11a8", "\uac01", DisplayName = "Hangul")]
    [DataRow("\uac00\u11a8", "\u1100\u1161\u11a8", "\uac01", DisplayName = "Hangul, half composed")]
    [DataRow("a\u0315\u0300\u05ae\u0300b", "a\u05ae\u0300\u0300\u0315b", "\u00e0\u05ae\u0300\u0315b", DisplayName = "a mark that blocks another")]
    [DataRow("\u0061\u0323\u0302", "a\u0323\u0302", "\u1ead", DisplayName = "two marks on one letter")]
    [DataRow("\U0001d15e", "\U0001d157\U0001d165", "\U0001d157\U0001d165", DisplayName = "beyond U+FFFF")]
    [DataRow("\U000110a5\U000110ba", "\U000110a5\U000110ba", "\U000110ab", DisplayName = "composed beyond U+FFFF")]
    public void Texts_have_their_normal_forms(string text, string nfd, string nfc)
    {
        Assert.AreEqual(nfd, Normalization.ToNfd(text));
        Assert.AreEqual(nfc, Normalization.ToNfc(text));
    }

    [TestMethod]
    public void Half_a_surrogate_pair_is_replaced_without_an_exception()
    {
        Assert.AreEqual("x\ufffdé", Normalization.ToNfc("x\ud800e\u0301"));
        Assert.AreEqual("\ufffd", Normalization.ToNfd("\udc00"));
        Assert.AreEqual("\ufffd", Normalization.FoldCase("\udc00"));
    }

    [TestMethod]
    public void Property_normal_forms_are_stable_and_agree()
    {
        Texts.Of(0, 40).Sample(text =>
        {
            string nfc = Normalization.ToNfc(text);
            string nfd = Normalization.ToNfd(text);

            Assert.AreEqual(nfc, Normalization.ToNfc(nfc));
            Assert.AreEqual(nfd, Normalization.ToNfd(nfd));
            Assert.AreEqual(nfc, Normalization.ToNfc(nfd));
            Assert.AreEqual(nfd, Normalization.ToNfd(nfc));
        });
    }

    [TestMethod]
    [DataRow("Straße", "strasse")]
    [DataRow("ẞ", "ss")]
    [DataRow("İ", "i\u0307")]
    [DataRow("I", "i")]
    [DataRow("ı", "ı")]
    [DataRow("Σς", "σσ")]
    [DataRow("ﬃ", "ffi")]
    [DataRow("\U00010400", "\U00010428")]
    public void Full_case_folding_is_used(string text, string folded)
    {
        Assert.AreEqual(folded, Normalization.FoldCase(text));
    }
}
