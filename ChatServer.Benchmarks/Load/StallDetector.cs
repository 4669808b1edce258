using System.Diagnostics;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>Detects that a count has not changed for <paramref name="limit"/>.</summary>
internal sealed class StallDetector(TimeSpan limit)
{
    private long _progress = -1;
    private long _since = Stopwatch.GetTimestamp();

    /// <summary>True if <paramref name="progress"/>, a count of anything, has had this value for the limit.</summary>
    public bool IsStalled(long progress)
    {
        if (progress != _progress)
        {
            _progress = progress;
            _since = Stopwatch.GetTimestamp();
        }

        return Stopwatch.GetElapsedTime(_since) >= limit;
    }
}
