namespace ThreadedChat.ChatGrade.Running;

/// <summary>
/// How many jobs may run at a time. If the settings do not say so, it is found: one more while the machine has free time, one less when
/// it makes programs wait. Most jobs wait for answers that do not come, so there may be more of them than processors.
/// </summary>
internal sealed class Places(int? told, Func<MachineLoad.Sample> load)
{
    private const int MostPerProcessor = 4;
    private const double FreeForMore = 0.15;
    private const double FreeForLess = 0.02;

    private static readonly TimeSpan StallForMore = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StallForLess = TimeSpan.FromMilliseconds(250);

    private MachineLoad.Sample _seen = load(); // before the first second it measures nothing

    /// <summary>At this moment.</summary>
    public int Count { get; private set; } = told ?? Environment.ProcessorCount;

    /// <summary>Looks at the machine; does nothing until there are figures of another second.</summary>
    public void Adjust()
    {
        if (told is not null)
        {
            return;
        }

        MachineLoad.Sample now = load();
        if (ReferenceEquals(now, _seen))
        {
            return; // jobs that end call this as well, several at a time
        }

        _seen = now;
        if (now.Stall > StallForLess)
        {
            Count = Math.Max(1, Count - 1);
        }
        else if (now.Free < FreeForLess)
        {
            // Checkers that have work for all processors: one for each delays nobody who is noticed.
            Count = Math.Max(Math.Min(Count, Environment.ProcessorCount), Count - 1);
        }
        else if (now.Stall < StallForMore && now.Free > FreeForMore)
        {
            Count = Math.Min(Environment.ProcessorCount * MostPerProcessor, Count + 1);
        }
    }
}
