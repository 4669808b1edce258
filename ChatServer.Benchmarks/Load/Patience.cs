using System.Diagnostics;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>Waits for things to go on, and notices when for <paramref name="limit"/> they have not.</summary>
internal sealed class Patience(TimeSpan limit)
{
    private long _progress = -1;
    private long _since = Stopwatch.GetTimestamp();

    /// <summary>True when <paramref name="progress"/>, a count of anything, has been the same for the limit.</summary>
    public bool IsOver(long progress)
    {
        if (progress != _progress)
        {
            _progress = progress;
            _since = Stopwatch.GetTimestamp();
        }

        return Stopwatch.GetElapsedTime(_since) >= limit;
    }
}
