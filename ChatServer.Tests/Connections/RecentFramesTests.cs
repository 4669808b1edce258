using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class RecentFramesTests
{
    private readonly RecentFrames _recent = new(new FakeTimeProvider());

    [TestMethod]
    [DataRow(200)]
    [DataRow(1)]
    [DataRow(20, DisplayName = "a token that is not complete")]
    public void With_accounts_the_token_in_the_first_frame_is_not_kept(int length)
    {
        var recent = new RecentFrames(new FakeTimeProvider(), hidesToken: true);
        byte[] frame = WireFrame.Encode(["Ana:k7m2-p9qx-4n8r-t3wz-h6cd-5b1v-j0"]);
        Array.ForEach(frame[..(length == 1 ? frame.Length : length)], one => recent.Received([one]));
        recent.Sent(WireFrame.Encode(["at 12:30"]));
        recent.Received(length < frame.Length && length > 1 ? [] : WireFrame.Encode(["at 12:31"]));

        string[] texts = [.. recent.Copy().Select(kept => System.Text.Encoding.UTF8.GetString(kept.Bytes).TrimEnd())];

        Assert.IsTrue(texts.Any(text => text.StartsWith("Ana:*", StringComparison.Ordinal)));
        Assert.IsFalse(texts.Any(text => text.Contains("k7m2", StringComparison.Ordinal)));
        Assert.Contains("at 12:30", texts);
        Assert.AreEqual(length is 1 or 200, texts.Contains("at 12:31"));
    }

    [TestMethod]
    public void Frames_are_put_together_from_pieces_in_each_direction()
    {
        byte[] hello = WireFrame.Encode("hello");
        byte[] bye = WireFrame.Encode("bye");
        _recent.Received(hello.AsSpan(0, 150));
        _recent.Sent(bye);
        _recent.Received([.. hello.AsSpan(150), .. bye, .. hello.AsSpan(0, 10)]);

        IReadOnlyList<RecentFrame> frames = _recent.Copy();

        Assert.AreSequenceEqual(
            ["sent 1 200", "received 1 200", "received 2 200", "received 3 10"],
            frames.Select(frame => $"{(frame.IsReceived ? "received" : "sent")} {frame.Number} {frame.Bytes.Length}"));
        Assert.AreSequenceEqual(bye, frames[0].Bytes);
        Assert.AreSequenceEqual(hello, frames[1].Bytes);
    }

    [TestMethod]
    public void Only_the_last_ones_are_kept()
    {
        for (int i = 1; i <= 100; i++)
        {
            _recent.Received(WireFrame.Encode($"message {i}"));
        }

        IReadOnlyList<RecentFrame> frames = _recent.Copy();

        Assert.HasCount(RecentFrames.Kept, frames);
        Assert.AreEqual(100, frames[^1].Number);
    }
}
