using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class UnreadInputTests
{
    [TestMethod]
    [DataRow(new[] { 0 }, true, DisplayName = "Nothing has arrived")]
    [DataRow(new[] { 200, 4096, 1, 0 }, true, DisplayName = "The peer may send more")]
    [DataRow(new[] { 150, -1 }, false, DisplayName = "The peer has ended its stream")]
    public void All_that_has_arrived_is_received(int[] results, bool mayComeMore)
    {
        var left = new Queue<int>(results);

        Assert.AreEqual(mayComeMore, UnreadInput.Drain(new FakeTransport { ReceivedNow = left.Dequeue }));

        Assert.IsEmpty(left);
    }

    [TestMethod]
    public void A_peer_that_sends_without_end_delays_the_close_by_a_bounded_number_of_bytes()
    {
        long bytes = 0;

        Assert.IsTrue(UnreadInput.Drain(new FakeTransport
        {
            ReceivedNow = () =>
            {
                bytes += 4096;
                return 4096;
            },
        }));

        Assert.AreEqual(64 * 1024, bytes);
    }
}
