using System.Numerics;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>
/// Counts durations in buckets that grow with them: 128 between one power of two and the next, so that a percentile is within
/// 1 % of the truth, however many were recorded. Recording allocates nothing. Any unit: what goes in comes out.
/// </summary>
internal sealed class LatencyHistogram
{
    /// <summary>Below this a bucket for each number; from here on as many buckets for each power of two.</summary>
    private const int Steps = 128;
    private const int StepBits = 7;
    private const int Powers = 64 - StepBits;

    private readonly long[] _buckets = new long[Steps * Powers];

    /// <summary>How many were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>The longest recorded, exactly; 0 where there is none.</summary>
    public long Max { get; private set; }

    /// <summary>Records a duration, at least 0.</summary>
    public void Record(long duration)
    {
        _buckets[BucketOf(duration)]++;
        Count++;
        Max = Math.Max(Max, duration);
    }

    /// <summary>
    /// The duration that <paramref name="share"/> (0 to 1) of those recorded do not exceed; the middle of its bucket, or
    /// <see cref="Max"/> if that is less. 0 where nothing was recorded.
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

    // Numbers with 7 bits or less are buckets 0 to 127. Of a longer number the first 8 bits count: the first of them is
    // always 1, the other 7 are the step, and how many bits follow is the power.
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
