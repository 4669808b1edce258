using ThreadedChat.ChatServer.Moderation;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Moderation;

[TestClass]
public sealed class OneAtATimeTests
{
    [TestMethod]
    public void All_work_is_done_once_and_never_two_pieces_at_a_time()
    {
        var queue = new OneAtATime();
        int running = 0;
        int done = 0;
        bool isAlone = true;

        TestThread[] threads = [.. Enumerable.Range(0, 4).Select(number => TestThread.Start($"worker {number}", () =>
        {
            for (int i = 0; i < 500; i++)
            {
                queue.Do(() =>
                {
                    isAlone &= Interlocked.Increment(ref running) == 1;
                    done++;
                    Interlocked.Decrement(ref running);
                });
            }
        }))];
        Array.ForEach(threads, thread => thread.AwaitEnd());

        Assert.IsTrue(isAlone);
        Assert.AreEqual(4 * 500, done);
    }

    [TestMethod]
    public void Work_that_comes_during_other_work_is_done_after_it()
    {
        var queue = new OneAtATime();
        var order = new List<string>();

        queue.Do(() =>
        {
            queue.Do(() => order.Add("second"));
            order.Add("first");
        });

        Assert.AreSequenceEqual(["first", "second"], order);
    }
}
