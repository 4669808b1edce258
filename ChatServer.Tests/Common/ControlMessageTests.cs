using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Common;

/// <summary>CommandParserTests has the cases that matter to the server alone.</summary>
[TestClass]
public sealed class ControlMessageTests
{
    [TestMethod]
    [DataRow("/join", "/join", null)]
    [DataRow("/join tea now", "/join", "tea")]
    [DataRow("/join\ttea", "/join", "tea")]
    [DataRow("/", "/", null)]
    [DataRow("/joinx tea", "/joinx", "tea")]
    [DataRow("/join\u2028tea", "/jointea", null, DisplayName = "a line separator is dropped")]
    [DataRow("/join\u0085tea", "/jointea", null, DisplayName = "a C1 control is dropped")]
    public void A_control_message_is_read_as_words(string text, string word, string? argument)
    {
        Assert.IsTrue(ControlMessage.TryParse(Encoding.UTF8.GetBytes(text), out ControlMessage message));
        Assert.AreEqual((word, argument), (message.Word, message.Argument));
    }

    [TestMethod]
    [DataRow("/msg Bob hello  there", "Bob hello  there")]
    [DataRow("/msg \t\u3000Bob hi", "Bob hi", DisplayName = "blanks of any kind in front")]
    [DataRow("/msg", "")]
    [DataRow("/msg \u2800", "", DisplayName = "nothing but a blank")]
    [DataRow("/msg a\u001bb \u202ec", "a b c", DisplayName = "cleaned")]
    public void The_text_after_the_first_word_is_the_rest(string text, string rest)
    {
        Assert.IsTrue(ControlMessage.TryParse(Frame.Text(Encoding.UTF8.GetBytes(text)), out ControlMessage message));
        Assert.AreEqual(rest, message.Rest);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("hello")]
    [DataRow(" /join tea")]
    [DataRow("\u3000/join tea")]
    [DataRow("／join tea")]
    public void Any_other_text_is_not_a_control_message(string text)
    {
        Assert.IsFalse(ControlMessage.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }
}
