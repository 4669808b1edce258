namespace ThreadedChat.ChatServer.Connections;

/// <summary>Waiting, for a bounded time, for something that a gate guards.</summary>
internal static class GateWait
{
    /// <summary>
    /// Waits until <paramref name="isDone"/>, at most until <paramref name="deadline"/>. The caller holds
    /// <paramref name="gate"/>; it is given back while the thread waits, and whoever changes what
    /// <paramref name="isDone"/> looks at pulses it.
    /// </summary>
    /// <param name="gate">A monitor the caller holds, once.</param>
    /// <param name="isDone">Looks at what the gate guards; called with the gate held.</param>
    /// <param name="deadline">In milliseconds of <see cref="Environment.TickCount64"/>.</param>
    /// <returns>False where time ran out.</returns>
    public static bool Until(object gate, Func<bool> isDone, long deadline)
    {
        while (!isDone())
        {
            long left = deadline - Environment.TickCount64;
            if (left <= 0)
            {
                return false;
            }

            Monitor.Wait(gate, (int)left);
        }

        return true;
    }

    /// <summary>The deadline that is <paramref name="limit"/> from now.</summary>
    public static long In(TimeSpan limit) => Environment.TickCount64 + (long)limit.TotalMilliseconds;
}
