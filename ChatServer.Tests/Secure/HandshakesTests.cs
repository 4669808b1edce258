using ThreadedChat.ChatServer.Secure;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Secure;

[TestClass]
public sealed class HandshakesTests
{
    [TestMethod]
    public void No_more_handshakes_compute_at_a_time_than_the_limit()
    {
        var handshakes = new Handshakes(atOnce: 2, mostWaiting: 100);
        int computing = 0;
        int most = 0;

        TestThread.Meet(8, _ =>
        {
            for (int i = 0; i < 200; i++)
            {
                handshakes.Begin();
                int now = Interlocked.Increment(ref computing);
                InterlockedMax(ref most, now);
                Thread.Yield();
                Interlocked.Decrement(ref computing);
                handshakes.End();
            }
        });

        Assert.AreEqual(2, most);
    }

    [TestMethod]
    public void A_handshake_that_waits_for_its_peer_keeps_no_turn()
    {
        var handshakes = new Handshakes(atOnce: 1, mostWaiting: 100);
        using var peer = new ManualResetEventSlim();
        TestThread slow = TestThread.Start("a handshake with a slow peer", () =>
        {
            handshakes.Begin();
            handshakes.AwaitPeer(() => peer.Wait(), () => { });
            handshakes.End();
        });
        Eventually.True(() => handshakes.Waiting == 1, "the handshake should wait");

        TestThread.Start("another one", () =>
        {
            handshakes.Begin();
            handshakes.End();
        }).AwaitEnd();

        peer.Set();
        slow.AwaitEnd();
        Assert.AreEqual(0, handshakes.Waiting);
    }

    [TestMethod]
    public void If_too_many_wait_the_oldest_one_is_closed()
    {
        var handshakes = new Handshakes(atOnce: 1, mostWaiting: 2);
        ManualResetEventSlim[] peers = [new(), new(), new()];
        var cutOff = new List<int>();
        var threads = new List<TestThread>();
        for (int i = 0; i < peers.Length; i++)
        {
            int number = i;
            threads.Add(TestThread.Start($"handshake {number}", () =>
            {
                handshakes.Begin();
                handshakes.AwaitPeer(() => peers[number].Wait(), () =>
                {
                    cutOff.Add(number);
                    peers[number].Set();
                });
                handshakes.End();
            }));
            int waiting = Math.Min(i + 1, 2);
            Eventually.True(() => handshakes.Waiting == waiting && (number < 2 || peers[0].IsSet), "the handshake should wait");
        }

        threads[0].AwaitEnd();
        Assert.AreSequenceEqual([0], cutOff);
        Array.ForEach(peers, peer => peer.Set());
        threads.ForEach(thread => thread.AwaitEnd());
        Array.ForEach(peers, peer => peer.Dispose());
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
            // Another thread has changed it.
        }
    }
}
