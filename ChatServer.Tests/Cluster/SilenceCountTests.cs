using ThreadedChat.ChatServer.Cluster;

namespace ThreadedChat.ChatServer.Tests.Cluster;

/// <summary>When a server takes another one for gone: after so many of its own beats, and never by the clock.</summary>
[TestClass]
public sealed class SilenceCountTests
{
    [TestMethod]
    public void A_server_is_silent_after_so_many_beats_without_an_entry_of_it()
    {
        var count = new SilenceCount(limit: 3);

        Assert.IsEmpty(count.Beat([7, 8]));
        Assert.IsEmpty(count.Beat([7, 8]));
        count.Heard(8);
        CollectionAssert.AreEqual(new long[] { 7 }, count.Beat([7, 8]));
        Assert.IsEmpty(count.Beat([7, 8]));
        CollectionAssert.AreEqual(new long[] { 8 }, count.Beat([7, 8]));
        CollectionAssert.AreEqual(new long[] { 7 }, count.Beat([7, 8]), "The proposal may have been lost: it is repeated.");
    }
}
