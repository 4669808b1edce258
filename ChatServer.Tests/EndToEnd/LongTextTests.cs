using System.Text;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, sections 2 and 6: what does not fit one frame.</summary>
[TestClass]
public sealed class LongTextTests
{
    private static readonly string LongestName = new('n', 64);

    [TestMethod]
    [DataRow("x")]
    [DataRow("é")]
    [DataRow("水")]
    [DataRow("🐼")]
    [DataRow("word ")]
    [DataRow("a-long-word ")]
    [DataRow("水 ")]
    public void A_message_that_does_not_fit_with_its_name_goes_on_in_another_frame_and_nothing_is_lost(string pattern)
    {
        string text = Fill(pattern, WireFrame.Size).TrimEnd();
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", LongestName, "Alice");
        room[0].Send(text);
        room[0].Fence();

        string[] frames = room[1].Fence();

        string prefix = $"[{LongestName}] ";
        Assert.HasCount(2, frames);
        Assert.IsTrue(frames.All(frame => frame.StartsWith(prefix, StringComparison.Ordinal)), "Each has the name in front.");
        Assert.AreEqual(text, string.Concat(frames.Select(frame => frame[prefix.Length..])));
    }

    [TestMethod]
    public void A_message_that_just_fits_is_one_frame()
    {
        string text = new('x', WireFrame.Size - "[Panda] ".Length);
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", "Panda", "Alice");

        room[0].Send(text);
        room[0].Fence();

        room[1].Fence().MustBe($"[Panda] {text}");
    }

    [TestMethod]
    [DataRow("c")]
    [DataRow("ü")]
    [DataRow("🐼")]
    public void A_channel_name_too_long_for_its_answer_is_shortened_between_characters(string pattern)
    {
        const string Fixed = "No channel named  exists. Try '/create '?";
        string channel = Fill(pattern, WireFrame.Size - "/join ".Length);
        using var server = new TestServer();
        WireClient panda = server.Enter("Panda");

        panda.Send($"/join {channel}");

        string shortened = Fill(pattern, (WireFrame.Size - Fixed.Length) / 2);
        Assert.AreEqual($"No channel named {shortened} exists. Try '/create {shortened}'?", panda.Read());
    }

    [TestMethod]
    public void A_command_word_too_long_for_its_answer_is_shortened()
    {
        const string After = " is not a valid control message. Valid messages are /create, /list, and /join.";
        using var server = new TestServer();
        WireClient panda = server.Enter("Panda");

        panda.Send($"/{new string('w', WireFrame.Size - 1)}");

        Assert.AreEqual($"/{new string('w', WireFrame.Size - After.Length - 1)}{After}", panda.Read());
    }

    [TestMethod]
    public void The_longest_channel_name_there_can_be_is_kept_whole()
    {
        string channel = Fill("水", WireFrame.Size - "/create ".Length);
        using var server = new TestServer();
        WireClient panda = server.Enter("Panda");

        panda.Send($"/create {channel}", "/list");

        Assert.AreEqual(channel, panda.Read());
    }

    [TestMethod]
    public void A_long_list_goes_into_as_few_frames_as_hold_it_with_every_name_whole()
    {
        string[] channels = [.. Enumerable.Range(100, 60).Select(i => $"{i}-{new string('c', i % 37)}")];
        using var server = new TestServer();
        WireClient panda = server.Enter("Panda");
        panda.Send(channels.Select(channel => $"/create {channel}"));
        panda.Send("/list");

        string[] frames = panda.Fence();

        frames.SelectMany(frame => frame.Split('\n')).MustBe(channels);
        for (int i = 1; i < frames.Length; i++)
        {
            string firstOfNext = frames[i].Split('\n')[0];
            Assert.IsGreaterThan(
                WireFrame.Size, $"{frames[i - 1]}\n{firstOfNext}".Length, $"'{firstOfNext}' had room in the frame before.");
        }
    }

    /// <summary>As many <paramref name="pattern"/> as fit <paramref name="bytes"/> bytes.</summary>
    private static string Fill(string pattern, int bytes) =>
        string.Concat(Enumerable.Repeat(pattern, bytes / Encoding.UTF8.GetByteCount(pattern)));
}
