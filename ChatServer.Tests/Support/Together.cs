namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>Runs actions at the same time: each has a thread, and no thread begins before all are there.</summary>
internal static class Together
{
    /// <summary>Returns when all have ended; throws the first exception, if any.</summary>
    /// <param name="actions">What to do.</param>
    /// <param name="limit">The limit, if it is not the usual one.</param>
    public static void Run(IEnumerable<Action> actions, TimeSpan? limit = null)
    {
        Action[] all = [.. actions];
        using var start = new Barrier(all.Length);
        Task[] tasks = [.. all.Select(action => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                action();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning, // a thread of its own
            TaskScheduler.Default))];

        foreach (Task task in tasks)
        {
            Eventually.Ended(task, "a thread of the test should have come to its end", limit);
        }
    }
}
