using CsCheck;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class LongMessageTests
{
    /// <summary>The space in a frame behind <c>[Alice] </c>.</summary>
    private const int Room = 192;

    private static readonly string LongestName = new('n', 64);

    [TestMethod]
    public void A_message_that_fills_the_frame_exactly_is_not_cut()
    {
        Assert.AreSequenceEqual([new string('x', Room)], Received("Alice", new string('x', Room)));
    }

    [TestMethod]
    [DataRow(193, 1)]
    [DataRow(200, 8)]
    public void A_longer_message_continues_in_the_next_frame(int length, int rest)
    {
        Assert.AreSequenceEqual(
            [new string('x', Room), new string('x', rest)], Received("Alice", new string('x', length)));
    }

    [TestMethod]
    [DataRow("é")]
    [DataRow("€")]
    [DataRow("😀")]
    public void A_message_is_cut_between_characters(string character)
    {
        string text = "x" + string.Concat(Enumerable.Repeat(character, 199 / Texts.Bytes(character)));

        string[] pieces = Received("Alice", text);

        Assert.HasCount(2, pieces);
        Assert.AreEqual(text, string.Concat(pieces));
    }

    [TestMethod]
    public void Spaces_at_the_cut_begin_the_next_frame()
    {
        string start = new('x', Room - 2);

        Assert.AreSequenceEqual([start, "    end"], Received("Alice", $"{start}    end"));
    }

    [TestMethod]
    public void The_longest_name_leaves_room_for_text()
    {
        string text = new('x', 200);

        string[] pieces = Received(LongestName, text);

        Assert.HasCount(2, pieces, "67 bytes are the name's: 133 and 67 the text's");
        Assert.AreEqual(text, string.Concat(pieces));
    }

    [TestMethod]
    public void Each_invalid_byte_is_still_one_question_mark()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");

        alice.SendsFrames([.. Enumerable.Repeat((byte)0xff, 200)]);

        bob.Got("[Alice] " + new string('?', Room), "[Alice] " + new string('?', 200 - Room));
    }

    [TestMethod]
    public void Long_and_short_messages_of_one_receive_keep_their_order()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");
        string tooLong = new('x', 200);

        alice.Sends("one", tooLong, "two", tooLong, "three");

        string[] expected =
        [
            "[Alice] one",
            "[Alice] " + tooLong[..Room], "[Alice] " + tooLong[Room..],
            "[Alice] two",
            "[Alice] " + tooLong[..Room], "[Alice] " + tooLong[Room..],
            "[Alice] three",
        ];
        bob.Got(expected);
        carol.Got(expected);
    }

    [TestMethod]
    public void Property_no_byte_of_a_message_is_lost_for_any_name()
    {
        Gen<string> name = Gen.OneOf("A", "Alice", "Ärger", LongestName);
        Gen<string> text = Texts.Of(1, 200)
            .Select(any => Texts.Strict.GetString(TextCleaner.Clean(Texts.Strict.GetBytes(any))).Trim())
            .Where(any => any.Length > 0 && any[0] != '/' && Texts.Bytes(any) <= Frame.Size && !any.Contains("   "));

        Gen.Select(name, text).Sample((sender, said) => Assert.AreEqual(said, string.Concat(Received(sender, said))));
    }

    /// <summary>The text of a message at a listener, without the <c>[Name] </c> that must begin each frame.</summary>
    private static string[] Received(string sender, string text)
    {
        using var chat = new Chat();
        ChatUser listener = chat.AdmitTo("tea", "Listener");
        ChatUser speaker = chat.AdmitTo("tea", sender);
        listener.Got($"{sender} has joined");

        speaker.Sends(text);

        return [.. listener.Outbox.Take().Select(frame =>
        {
            Assert.StartsWith($"[{sender}] ", frame);
            return frame[$"[{sender}] ".Length..];
        })];
    }
}
