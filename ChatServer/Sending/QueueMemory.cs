namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// What one queue has reported to the <see cref="MemoryBudget"/>: in steps, so that a short queue reports nothing. No lock of
/// its own: see <see cref="SendQueue"/>.
/// </summary>
internal struct QueueMemory(MemoryBudget budget)
{
    /// <summary>Bytes of a step. A queue that is not longer reports nothing.</summary>
    internal const int Step = 32 * 1024;

    /// <summary>Bytes that were reported.</summary>
    private int _reported;

    /// <summary>Up to this many queued bytes nothing has to be reported.</summary>
    public int Covered => Math.Max(_reported, Step);

    /// <inheritdoc cref="MemoryBudget.Soft"/>
    public int Soft(int bytes) => budget.Soft(bytes);

    /// <summary>Reports if the queue has become longer than the reported size, or much shorter.</summary>
    /// <returns>True if something was reported.</returns>
    public bool Update(int queued)
    {
        if (queued <= Covered && queued > _reported / 2)
        {
            return false;
        }

        int wanted = queued <= Step ? 0 : (int)Math.Min(((long)queued + Step - 1) / Step * Step, int.MaxValue);
        if (wanted == _reported)
        {
            return false;
        }

        budget.Add(wanted - _reported);
        if (wanted == 0 || _reported == 0)
        {
            budget.AddBacklog(wanted == 0 ? -1 : 1);
        }

        _reported = wanted;
        return true;
    }
}
