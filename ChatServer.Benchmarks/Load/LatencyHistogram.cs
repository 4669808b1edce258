using System.Numerics;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>
/// Counts durations in buckets, 128 for each power of two, so that a percentile is within 1 % of the true value for any number of
/// durations. Recording allocates nothing. The unit is that of the caller.
/// </summary>
internal sealed class LatencyHistogram
{
    /// <summary>The buckets of each power of two. Below this value each number has its own bucket.</summary>
    private const int Steps = 128;
    private const int StepBits = 7;
    private const int Powers = 64 - StepBits;

    private readonly long[] _buckets = new long[Steps * Powers];

    /// <summary>Recorded durations.</summary>
    public long Count { get; private set; }

    /// <summary>The exact longest duration; 0 if there is none.</summary>
    public long Max { get; private set; }

    /// <summary>Records a duration, at least 0.</summary>
    public void Record(long duration)
    {
        _buckets[BucketOf(duration)]++;
        Count++;
        Max = Math.Max(Max, duration);
    }

    /// <summary>
    /// The duration that <paramref name="share"/> (0 to 1) of the recorded durations do not exceed: the middle of its bucket, at most
    /// <see cref="Max"/>. 0 if nothing was recorded.
    /// </summary>
    public long Percentile(double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (int bucket = 0; bucket < _buckets.Length; bucket++)
        {
            seen += _buckets[bucket];
            if (seen >= rank)
            {
                return Math.Min(MiddleOf(bucket), Max);
            }
        }

        return Max;
    }

    // Numbers of up to 7 bits are buckets 0 to 127. For a longer number the first 8 bits decide: the first of them is always 1, the
    // other 7 are the step, and the number of bits after them is the power.
    private static int BucketOf(long duration)
    {
        int power = Math.Max(0, BitOperations.Log2((ulong)duration) - StepBits);
        return (power * Steps) + (int)(duration >> power);
    }

    private static long MiddleOf(int bucket)
    {
        int power = Math.Max(0, (bucket / Steps) - 1);
        long first = (long)(bucket - (power * Steps)) << power;
        return first + ((1L << power) / 2);
    }
}
