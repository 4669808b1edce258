using System.Diagnostics.Metrics;

namespace ThreadedChat.ChatServer.Metrics;

/// <summary>
/// Counts times in buckets, for Prometheus, and hands each one to an instrument, for everybody else. One thread records; any thread
/// reads, and may see a time in the sum that is not in its bucket yet.
/// </summary>
internal sealed class DelayHistogram
{
    /// <summary>The upper bounds of the buckets, in seconds. The last bucket has none.</summary>
    public static readonly IReadOnlyList<double> Bounds =
        [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    private readonly long[] _counts = new long[Bounds.Count + 1];
    private readonly Histogram<double> _instrument;
    private double _sum;

    public DelayHistogram(Meter meter, string name, string description)
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = Bounds };
        _instrument = meter.CreateHistogram(name, "s", description, tags: null, advice);
    }

    /// <summary>Its name, unit and description.</summary>
    public Instrument Instrument => _instrument;

    /// <summary>The sum of all times, in seconds.</summary>
    public double Sum => Volatile.Read(ref _sum);

    /// <summary>How many times were in each bucket; the last one is that without a bound.</summary>
    public long[] Counts
    {
        get
        {
            var counts = new long[_counts.Length];
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] = Volatile.Read(ref _counts[i]);
            }

            return counts;
        }
    }

    /// <summary>Counts a time, in seconds.</summary>
    public void Record(double seconds)
    {
        int bucket = 0;
        while (bucket < Bounds.Count && seconds > Bounds[bucket])
        {
            bucket++;
        }

        _counts[bucket]++;
        _sum += seconds;
        _instrument.Record(seconds);
    }
}
