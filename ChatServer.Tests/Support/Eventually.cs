namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>Waits for a condition that nothing announces.</summary>
internal static class Eventually
{
    /// <summary>Waits until <paramref name="condition"/> holds; fails with <paramref name="reason"/> if it does not in time.</summary>
    public static void True(Func<bool> condition, string reason, TimeSpan? limit = null)
    {
        TimeSpan wait = limit ?? Limit.Wait;
        if (!SpinWait.SpinUntil(condition, wait))
        {
            Assert.Fail($"Not within {wait.TotalSeconds} s: {reason}");
        }
    }

    /// <summary>Waits for the end of <paramref name="task"/>, and throws its exception, if any.</summary>
    public static void Ended(Task task, string reason, TimeSpan? limit = null)
    {
        TimeSpan wait = limit ?? Limit.Wait;

        // Not Wait(): that would wrap what the task threw.
        if (!((IAsyncResult)task).AsyncWaitHandle.WaitOne(wait))
        {
            Assert.Fail($"Not within {wait.TotalSeconds} s: {reason}");
        }

        task.GetAwaiter().GetResult();
    }
}
