namespace ThreadedChat.ChatGrade.Running;

/// <summary>
/// How many jobs may run at a time. If the settings do not say so, it is found: one more while the machine is idle, one less when
/// it makes programs wait. Most jobs wait for answers that do not come, so there may be more of them than processors.
/// </summary>
internal sealed class Places(int? told, Func<MachineLoad.Sample> load)
{
    private const int MostPerProcessor = 4;
    private const double IdleForMore = 0.2;
    private const double IdleForLess = 0.02;

    private static readonly TimeSpan StallForMore = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan StallForLess = TimeSpan.FromMilliseconds(250);

    /// <summary>At this moment.</summary>
    public int Count { get; private set; } = told ?? Environment.ProcessorCount;

    /// <summary>To be called once a second: looks at the machine.</summary>
    public void Adjust()
    {
        if (told is not null)
        {
            return;
        }

        MachineLoad.Sample now = load();
        if (now.Stall > StallForLess)
        {
            Count = Math.Max(1, Count - 1);
        }
        else if (now.Idle < IdleForLess)
        {
            // Programs that never wait leave no processor idle: one for each processor delays nobody who is noticed.
            Count = Math.Max(Math.Min(Count, Environment.ProcessorCount), Count - 1);
        }
        else if (now.Stall < StallForMore && now.Idle > IdleForMore)
        {
            Count = Math.Min(Environment.ProcessorCount * MostPerProcessor, Count + 1);
        }
    }
}
