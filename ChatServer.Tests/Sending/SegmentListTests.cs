using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Sending;

[TestClass]
public sealed class SegmentListTests
{
    [TestMethod]
    public void A_list_that_grew_in_a_burst_releases_its_memory_once_it_is_empty()
    {
        var list = new SegmentList();
        for (int i = 0; i < 1_000; i++)
        {
            Assert.IsTrue(list.TryAdd(new byte[Frame.Size]));
        }

        list.ReleaseUnused();
        Assert.IsGreaterThanOrEqualTo(1_000, list.Capacity, "It is not empty.");
        list.Advance(1_000 * Frame.Size);
        Assert.IsTrue(list.IsEmpty);

        list.ReleaseUnused();

        Assert.AreEqual(0, list.Capacity);
        Assert.IsTrue(list.TryAdd(new byte[Frame.Size]));
        Assert.IsFalse(list.IsEmpty);
    }
}
