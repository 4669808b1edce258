using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class RecentFramesTests
{
    private readonly RecentFrames _recent = new(new FakeTimeProvider());

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
