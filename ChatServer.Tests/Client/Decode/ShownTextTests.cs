using System.Text;
using CsCheck;
using ThreadedChat.ChatClient.Decode;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Client.Decode;

/// <summary>From the text of a trace back to its bytes.</summary>
[TestClass]
public sealed class ShownTextTests
{
    [TestMethod]
    [DataRow("")]
    [DataRow("oi, gente")]
    [DataRow("olá 🐼")]
    [DataRow("a\nb\r\t\0\"\\ \u001b[31m\u202e")]
    [DataRow("\0\0\0\0\0\0\0\0 \n\n\n\n\n")]
    [DataRow("C:\\new\\x41 \\u{41} \\")]
    public void A_text_that_is_shown_and_parsed_is_the_same_text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);

        Assert.AreSequenceEqual(bytes, ShownText.ToBytes(VisibleText.Show(bytes), bytes.Length));
    }

    [TestMethod]
    public void Any_bytes_that_are_shown_and_parsed_are_the_same_bytes() => Gen.Byte.Array[0, 200].Sample(bytes =>
        Assert.AreSequenceEqual(bytes, ShownText.ToBytes(VisibleText.Show(bytes), bytes.Length)));

    [TestMethod]
    [DataRow("abc", 2)]
    [DataRow("abc", 4)]
    [DataRow(@"\n×9", 2, DisplayName = "a newline and the text ×9 look like nine newlines")]
    [DataRow(@"\q", 1)]
    [DataRow(@"\u{D800}", 3)]
    [DataRow(@"\u{FFFFFF}", 3)]
    [DataRow(@"\0×999", 200)]
    public void Texts_of_another_length_are_not_reported(string shown, int length)
    {
        Assert.IsNull(ShownText.ToBytes(shown, length));
    }
}
