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
    public void While_work_takes_long_only_so_many_pieces_wait()
    {
        var queue = new OneAtATime();
        using var go = new ManualResetEventSlim();
        TestThread slow = TestThread.Start("the first", () => queue.Do(go.Wait));
        slow.AwaitBlocked();
        int brought = 0;
        int done = 0;

        TestThread fast = TestThread.Start("the second", () =>
        {
            for (; brought < 10 * OneAtATime.MostWaiting; brought++)
            {
                queue.Do(() => done++);
            }
        });
        fast.AwaitBlocked();

        Assert.AreEqual(OneAtATime.MostWaiting, brought);
        Assert.AreEqual(0, done);
        go.Set();
        slow.AwaitEnd();
        fast.AwaitEnd();
        Assert.AreEqual(10 * OneAtATime.MostWaiting, done);
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

    [TestMethod]
    public void A_waiting_thread_returns_when_the_work_is_done_also_if_another_thread_does_it()
    {
        var queue = new OneAtATime();
        using var isBusy = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        TestThread first = TestThread.Start("the first", () => queue.Do(() =>
        {
            isBusy.Set();
            mayGoOn.Wait();
        }));
        isBusy.Wait();
        bool isDone = false;
        TestThread second = TestThread.Start("the second", () =>
        {
            queue.DoAndWait(() => isDone = true);
            Assert.IsTrue(isDone);
        });
        second.AwaitBlocked();

        mayGoOn.Set();

        second.AwaitEnd();
        first.AwaitEnd();
        Assert.IsTrue(isDone);
    }
}
