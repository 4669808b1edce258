using System.Text;
using CsCheck;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Common;

[TestClass]
public sealed class FrameTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(199)]
    [DataRow(200)]
    public void A_text_that_fits_is_padded_with_spaces_to_200_bytes(int length)
    {
        byte[] frame = Frame.Encode(new string('x', length));

        Assert.AreEqual(new string('x', length) + new string(' ', 200 - length), Encoding.ASCII.GetString(frame));
    }

    [TestMethod]
    public void A_text_of_201_bytes_is_cut_to_200()
    {
        byte[] frame = Frame.Encode(new string('x', 200) + "y");

        Assert.AreEqual(new string('x', 200), Encoding.ASCII.GetString(frame));
    }

    [TestMethod]
    [DataRow("é", 198, true)]
    [DataRow("é", 199, false)]
    [DataRow("€", 197, true)]
    [DataRow("€", 198, false)]
    [DataRow("€", 199, false)]
    [DataRow("😀", 196, true)]
    [DataRow("😀", 197, false)]
    [DataRow("😀", 198, false)]
    [DataRow("😀", 199, false)]
    public void A_character_is_in_the_frame_whole_or_not_at_all(string character, int before, bool fits)
    {
        string start = new('x', before);

        byte[] frame = Frame.Encode(start + character + "y");

        Assert.AreEqual(fits ? start + character : start, WireFrame.Decode(frame));
    }

    [TestMethod]
    public void Half_a_surrogate_pair_becomes_the_replacement_character()
    {
        Assert.AreEqual("a\ufffdb", WireFrame.Decode(Frame.Encode("a\ud83db")));
    }

    [TestMethod]
    public void Encoding_into_a_longer_span_does_not_change_the_bytes_after_the_frame()
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)'#', 202)];

        Frame.Encode("hi"u8, bytes);

        Assert.AreEqual("hi" + new string(' ', 198) + "##", Encoding.ASCII.GetString(bytes));
    }

    [TestMethod]
    [DataRow(201, 300, DisplayName = "the text is longer than a frame")]
    [DataRow(10, 199, DisplayName = "the destination is shorter than a frame")]
    public void A_text_that_cannot_be_encoded_is_an_argument_error(int textLength, int destinationLength)
    {
        Assert.Throws<ArgumentException>(() => Frame.Encode(new byte[textLength], new byte[destinationLength]));
    }

    [TestMethod]
    [DataRow("hi", "hi")]
    [DataRow("hi  ", "hi")]
    [DataRow("hi\n", "hi")]
    [DataRow("hi\r\n", "hi")]
    [DataRow("hi\t", "hi")]
    [DataRow("hi \t\r\n \t\r\n", "hi")]
    [DataRow("  hi", "  hi", DisplayName = "leading spaces belong to the text")]
    [DataRow("\t\n hi", "\t\n hi")]
    [DataRow("hi\nyou", "hi\nyou")]
    [DataRow("hi\0", "hi\0", DisplayName = "NUL is not whitespace")]
    [DataRow("hi\u00a0", "hi\u00a0", DisplayName = "nor is a no-break space")]
    [DataRow(" \t\r\n", "")]
    [DataRow("", "")]
    public void Trailing_whitespace_is_stripped_and_nothing_else(string carried, string text)
    {
        byte[] frame = Encoding.UTF8.GetBytes(carried.PadRight(150));

        Assert.AreEqual(text, Frame.Decode(frame));
        Assert.AreEqual(text, Texts.Strict.GetString(Frame.Text(frame)));
    }

    [TestMethod]
    public void Invalid_bytes_read_as_the_replacement_character()
    {
        Assert.AreEqual("a\ufffdb", Frame.Decode([(byte)'a', 0xff, (byte)'b']));
    }

    [TestMethod]
    public void Property_every_string_makes_200_bytes_of_valid_utf8()
    {
        Texts.WithLoneSurrogates.Sample(text =>
        {
            byte[] frame = Frame.Encode(text);

            Assert.HasCount(200, frame);
            Assert.IsNotNull(Texts.Strict.GetString(frame));
        });
    }

    [TestMethod]
    public void Property_a_decoded_frame_is_the_text_without_trailing_whitespace()
    {
        Texts.Of(0, 120).Where(text => Texts.Bytes(text) <= Frame.Size).Sample(text =>
            Assert.AreEqual(text.TrimEnd(' ', '\n', '\r', '\t'), Frame.Decode(Frame.Encode(text))));
    }
}
