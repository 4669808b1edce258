using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Common;

[TestClass]
public sealed class Utf8Tests
{
    [TestMethod]
    [DataRow("", 0, 0)]
    [DataRow("abc", 0, 0)]
    [DataRow("abc", 2, 2)]
    [DataRow("abc", 3, 3)]
    [DataRow("abc", 4, 3)]
    [DataRow("aé", 1, 1)]
    [DataRow("aé", 2, 1)]
    [DataRow("aé", 3, 3)]
    [DataRow("a€b", 3, 1)]
    [DataRow("a€b", 4, 4)]
    [DataRow("😀😀", 3, 0)]
    [DataRow("😀😀", 4, 4)]
    [DataRow("😀😀", 7, 4)]
    public void The_longest_prefix_that_fits_ends_between_two_characters(string text, int maxBytes, int expected)
    {
        Assert.AreEqual(expected, Utf8.CutAtMost(Encoding.UTF8.GetBytes(text), maxBytes));
    }
}
