using ThreadedChat.ChatServer.Connections;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class ReaderActivityTests
{
    [TestMethod]
    [DataRow(new[] { 200 }, 1L, 0, DisplayName = "a frame")]
    [DataRow(new[] { 150 }, 0L, 150, DisplayName = "a part of one")]
    [DataRow(new[] { 150, 50 }, 1L, 0, DisplayName = "a frame in two parts")]
    [DataRow(new[] { 199, 2, 399 }, 3L, 0, DisplayName = "cuts beside the ends of frames")]
    [DataRow(new[] { 65_536, 65_536, 1 }, 655L, 73, DisplayName = "many at once")]
    public void Frames_and_the_incomplete_one_follow_from_the_bytes(int[] receives, long frames, int partial)
    {
        var activity = new ReaderActivity();
        foreach (int count in receives)
        {
            activity.BeginReceive();
            Assert.IsFalse(activity.IsWorking);
            activity.EndReceive(count);
            Assert.IsTrue(activity.IsWorking);
        }

        Assert.AreEqual((receives.Length, receives.Sum(), frames, partial), (activity.Receives, activity.Bytes, activity.Frames, activity.Partial));
    }
}
