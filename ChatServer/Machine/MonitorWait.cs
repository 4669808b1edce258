namespace ThreadedChat.ChatServer.Machine;

/// <summary>Waits, for a bounded time, for something that a gate guards.</summary>
internal static class MonitorWait
{
    /// <summary>
    /// Waits until <paramref name="isDone"/>, at most for <paramref name="limit"/>. The caller holds
    /// <paramref name="gate"/>; it is released while the thread waits, and a thread that changes what
    /// <paramref name="isDone"/> reads pulses it.
    /// </summary>
    /// <param name="gate">A monitor the caller holds, once.</param>
    /// <param name="isDone">Reads what the gate guards; called with the gate held.</param>
    /// <param name="time">The clock for the limit.</param>
    /// <param name="limit">By that clock.</param>
    /// <param name="look">If <paramref name="isDone"/> also reads something for which nobody pulses: how often it is asked at least.</param>
    /// <returns>False if the time has passed.</returns>
    public static bool Until(object gate, Func<bool> isDone, TimeProvider time, TimeSpan limit, TimeSpan? look = null)
    {
        long start = time.GetTimestamp();
        while (!isDone())
        {
            TimeSpan left = limit - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            Monitor.Wait(gate, Milliseconds(look < left ? look.Value : left));
        }

        return true;
    }

    /// <summary>The time for a wait, rounded up so that it does not return too early; the caller reads its clock again anyway.</summary>
    public static int Milliseconds(TimeSpan left) => (int)Math.Clamp(Math.Ceiling(left.TotalMilliseconds), 1, int.MaxValue);
}
