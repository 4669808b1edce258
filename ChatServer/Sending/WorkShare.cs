namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// The work that one client may cause for itself alone, with commands and with messages that nobody gets, before it takes turns with other
/// clients that do the same (<see cref="WorkTurns"/>). Only the reader thread of the client uses it, so it needs no lock.
/// </summary>
internal sealed class WorkShare(TimeProvider time)
{
    /// <summary>Commands at once, more than a person or a program needs that is not out to keep the server busy. A long answer counts as several.</summary>
    internal const int Burst = 256;

    /// <summary>Commands that are free again each second.</summary>
    internal const int Rate = 64;

    /// <summary>Bytes of an answer that count as one more command.</summary>
    internal const int AnswerBytes = 1024;

    private double _left = Burst;
    private long? _filledAt;

    /// <summary>True if the client must take turns for what it causes now. Reads the clock only if the share is used up.</summary>
    public bool IsUsedUp() => _left < 0 && !Refill();

    /// <summary>Counts commands, or messages that nobody gets, with so many bytes of answers. True if the client must take turns. The clock is read the first time, and if the burst is used up.</summary>
    public bool Spend(long answered, int count = 1)
    {
        _filledAt ??= time.GetTimestamp();
        _left -= count + (answered / AnswerBytes);
        return IsUsedUp();
    }

    private bool Refill()
    {
        long now = time.GetTimestamp();
        _left = Math.Min(Math.Max(_left, -Burst) + (time.GetElapsedTime(_filledAt ?? now, now).TotalSeconds * Rate), Burst);
        _filledAt = now;
        return _left >= 0;
    }
}
