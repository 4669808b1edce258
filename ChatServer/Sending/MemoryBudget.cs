using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// How much memory all that waits to be sent may take: in the queues and in the kernel. The queues report what they hold in
/// steps, so a frame costs nothing here. A segment that many queues share counts in each of them, so the sum is an upper bound.
/// The memory that is really in use is measured (<see cref="Excess"/>) before a client is rejected or disconnected for it.
/// </summary>
/// <param name="limit">In bytes.</param>
/// <param name="kernelBytes">What the kernel holds for a connection whose peer does not keep up.</param>
/// <param name="inUse">Bytes in use; with true, after a garbage collection.</param>
internal sealed class MemoryBudget(long limit, int kernelBytes, Func<bool, long> inUse)
{
    /// <summary>The soft limit never goes below this: a batch of messages and a little more.</summary>
    internal const int LeastSoftBytes = 16 * 1024;

    /// <summary>Of the memory that the machine, the control group or the runtime's own limit gives us, the part that is the default.</summary>
    private const int DefaultPart = 4;

    private long _queued;
    private long _backlogs;

    /// <summary>The limit, in bytes.</summary>
    public long Limit => limit;

    /// <summary>What the kernel holds for a connection whose peer does not keep up.</summary>
    public int KernelBytes => kernelBytes;

    /// <summary>True above half of the limit: clients that do not read the answers to their own commands wait, before anything happens to others.</summary>
    public bool IsTight => Counted > limit / 2;

    /// <summary>The most that the queues and the kernel can hold at the moment.</summary>
    public long Counted => Interlocked.Read(ref _queued) + Kernel;

    private long Kernel => Interlocked.Read(ref _backlogs) * kernelBytes;

    /// <summary>A budget of the memory of this process.</summary>
    public static MemoryBudget OfThisProcess(long limit, int sendBufferBytes) => new(limit, 2 * sendBufferBytes, InUse);

    /// <summary>The default limit, and where it comes from.</summary>
    public static (long Bytes, string Reason) Default()
    {
        long ofRuntime = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        (long bytes, string reason) = MachineLimits.OfThisMachine.Memory() is { } limit && limit.Bytes <= ofRuntime
            ? limit
            : (ofRuntime, "the memory that the runtime may use");
        return (bytes / DefaultPart, $"a quarter of {reason}");
    }

    /// <summary>One that nothing exceeds.</summary>
    public static MemoryBudget Unlimited() => new(long.MaxValue, 0, _ => 0);

    /// <summary>Notes that a queue holds so many bytes more, or fewer.</summary>
    public void Add(int bytes) => Interlocked.Add(ref _queued, bytes);

    /// <summary>Notes that one queue more, or fewer, has a backlog, and so fills its buffer in the kernel.</summary>
    public void AddBacklog(int count) => Interlocked.Add(ref _backlogs, count);

    /// <summary>
    /// The soft limit of a queue: the policy's, and less of it the further the sum is above the budget, by the cube: at twice the
    /// budget an eighth. A proportional part let 200 queues fill to three times the budget before the next look at them.
    /// </summary>
    public int Soft(int bytes)
    {
        long counted = Counted;
        if (counted <= limit || bytes <= LeastSoftBytes)
        {
            return bytes;
        }

        double part = (double)limit / counted;
        return (int)Math.Max(LeastSoftBytes, bytes * part * part * part);
    }

    /// <summary>
    /// Bytes in use above the budget; 0 or less for none. Measures the memory in use, and collects garbage, only if
    /// the sum is above the budget.
    /// </summary>
    /// <param name="isCollected">True if garbage was collected, which stops all threads.</param>
    public long Excess(out bool isCollected)
    {
        isCollected = false;
        if (Counted <= limit)
        {
            return 0;
        }

        long excess = inUse(false) + Kernel - limit;
        isCollected = excess > 0;
        return isCollected ? inUse(true) + Kernel - limit : excess;
    }

    private static long InUse(bool isCollected)
    {
        if (isCollected)
        {
            GC.Collect();
        }

        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
