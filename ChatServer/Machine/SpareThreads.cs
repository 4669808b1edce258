namespace ThreadedChat.ChatServer.Machine;

internal static class SpareThreads
{
    /// <summary>
    /// Starts <paramref name="count"/> threads and ends them again. Throws <see cref="OutOfMemoryException"/> or <see cref="ThreadStartException"/>
    /// if the machine does not have them: so a program fails before it starts, and not when half of it has started.
    /// </summary>
    public static void Require(int count)
    {
        using var enough = new ManualResetEventSlim();
        var threads = new List<Thread>();
        try
        {
            while (threads.Count < count)
            {
                var thread = new Thread(() => enough.Wait()) { Name = "probe", IsBackground = true };
                thread.Start();
                threads.Add(thread);
            }
        }
        finally
        {
            enough.Set();
            threads.ForEach(thread => thread.Join());
        }
    }
}
