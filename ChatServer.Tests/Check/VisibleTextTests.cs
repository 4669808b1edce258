using System.Text;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.Check;

[TestClass]
public sealed class VisibleTextTests
{
    [TestMethod]
    [DataRow("hello", "hello")]
    [DataRow("", "")]
    [DataRow("a b", "a b")]
    [DataRow("a  ", "a··")]
    [DataRow("a   ", "a···")]
    [DataRow("a    ", "a·×4")]
    [DataRow("a\nb\r\tc", @"a\nb\r\tc")]
    [DataRow("a\0\0\0\0", @"a\0×4")]
    [DataRow("a\0b", @"a\0b")]
    [DataRow("\u001b[2J", @"\x1B[2J")]
    [DataRow("größe 🐼", "größe 🐼")]
    [DataRow("a\u0085b", @"a\xC2\x85b")]
    [DataRow("a\u202eb", @"a\xE2\x80\xAEb")]
    public void Text_is_shown_as_it_is_and_all_else_by_name(string text, string shown) =>
        Assert.AreEqual(shown, VisibleText.Show(Encoding.UTF8.GetBytes(text)));

    [TestMethod]
    public void Bytes_that_are_no_text_are_shown_one_by_one() =>
        Assert.AreEqual(@"a\xFF\xC3b\xF0\x9F", VisibleText.Show([(byte)'a', 0xFF, 0xC3, (byte)'b', 0xF0, 0x9F]));
}
