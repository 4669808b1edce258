using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, section 4: what one person types cannot harm another's terminal.</summary>
[TestClass]
public sealed class CleaningTests
{
    [TestMethod]
    [DataRow("a\u001b[31mb", "a [31mb")]
    [DataRow("a\tb\rc\nd\0e\u0007f\u007fg", "a b c d e f g")]
    [DataRow("a\u0080b\u009bc\u009fd", "abcd")]
    [DataRow("a\u2028b\u2029c", "abc")]
    [DataRow("a\u061cb\u200ec\u200fd", "abcd")]
    [DataRow("a\u202ab\u202ec\u2066d\u2069e", "abcde")]
    [DataRow("a\u00a0b\u200bc\u2027d\u202fe\u2065f\u206ag", "a\u00a0b\u200bc\u2027d\u202fe\u2065f\u206ag")]
    [DataRow("größe 水 🐼 e\u0301", "größe 水 🐼 e\u0301")]
    [DataRow("Panda has left", "Panda has left")]
    [DataRow("[Alice] hi", "[Alice] hi")]
    public void A_message_is_passed_on_clean(string sent, string shown)
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", "Panda", "Alice");

        room[0].Send(sent);

        Assert.AreEqual($"[Panda] {shown}", room[1].Read());
    }

    [TestMethod]
    [DataRow(new byte[] { (byte)'a', 0xFF, (byte)'b' }, "a?b")]
    [DataRow(new byte[] { (byte)'a', 0xC3 }, "a?")]
    [DataRow(new byte[] { (byte)'a', 0x80, 0xBF, (byte)'b' }, "a??b")]
    [DataRow(new byte[] { (byte)'a', 0xF0, 0x9F, 0x90, (byte)'b' }, "a???b")]
    [DataRow(new byte[] { (byte)'a', 0xC0, 0xAF, (byte)'b' }, "a??b")]
    [DataRow(new byte[] { (byte)'a', 0xED, 0xA0, 0x80, (byte)'b' }, "a???b")]
    public void Each_byte_that_is_not_UTF8_becomes_a_question_mark(byte[] sent, string shown)
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", "Panda", "Alice");

        room[0].SendBytes(WireFrame.Pad(sent));

        Assert.AreEqual($"[Panda] {shown}", room[1].Read());
    }

    [TestMethod]
    public void A_character_cut_off_at_the_end_of_the_frame_becomes_question_marks()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", "Panda", "Alice");
        byte[] frame = WireFrame.Encode(new string('x', WireFrame.Size));
        "🐼"u8[..2].CopyTo(frame.AsSpan(WireFrame.Size - 2));

        room[0].SendBytes(frame);
        room[0].Fence();

        string whole = string.Concat(room[1].Fence().Select(piece => piece["[Panda] ".Length..]));
        Assert.AreEqual($"{new string('x', WireFrame.Size - 2)}??", whole);
    }

    [TestMethod]
    [DataRow("/create a\u001bb", "a")]
    [DataRow("/create a\tb", "a")]
    [DataRow("/create a\u202e\u2028b", "ab")]
    [DataRow("/create a\nb", "a")]
    public void A_channel_name_is_clean(string command, string channel)
    {
        using var server = new TestServer();
        WireClient panda = server.Enter("Panda");

        panda.Send(command, "/list");

        Assert.AreEqual(channel, panda.Read());
    }

    [TestMethod]
    public void An_answer_quotes_its_sender_clean()
    {
        using var server = new TestServer();
        WireClient panda = server.Enter("Panda");

        panda.SendBytes([.. WireFrame.Encode("/wo\u202erd\u001b[2J"), .. WireFrame.Pad([.. "/join r"u8, 0xFF])]);

        Assert.AreEqual(
            "/word is not a valid control message. Valid messages are /create, /list, and /join.", panda.Read());
        Assert.AreEqual("No channel named r? exists. Try '/create r?'?", panda.Read());
    }
}
