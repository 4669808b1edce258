using ThreadedChat.ChatClient;

namespace ThreadedChat.ChatServer.Tests.Client;

[TestClass]
public sealed class BackOffTests
{
    [TestMethod]
    public void Each_wait_is_twice_the_one_before_up_to_half_a_minute()
    {
        var backOff = new BackOff();

        Assert.AreSequenceEqual([1, 2, 4, 8, 16, 30, 30], Enumerable.Range(0, 7).Select(_ => (int)backOff.Next().TotalSeconds));
    }

    [TestMethod]
    [DataRow(29, 2)]
    [DataRow(30, 1)]
    public void Only_a_connection_that_lasted_makes_it_begin_anew(int lasted, int next)
    {
        var backOff = new BackOff();
        backOff.Next();

        backOff.Reset(TimeSpan.FromSeconds(lasted));

        Assert.AreEqual(TimeSpan.FromSeconds(next), backOff.Next());
    }
}
