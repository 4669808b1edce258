using ThreadedChat.ChatServer.Benchmarks.Load;

namespace ThreadedChat.ChatServer.Tests.Benchmarks;

[TestClass]
public sealed class LatencyHistogramTests
{
    private readonly LatencyHistogram _histogram = new();

    [TestMethod]
    public void Without_a_recording_every_figure_is_0()
    {
        Assert.AreEqual(0, _histogram.Count);
        Assert.AreEqual(0, _histogram.Percentile(0.5));
        Assert.AreEqual(0, _histogram.Max);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(127)]
    [DataRow(128)]
    [DataRow(255)]
    public void Small_numbers_are_exact(long duration)
    {
        _histogram.Record(duration);
        _histogram.Record(1_000_000);

        Assert.AreEqual(duration, _histogram.Percentile(0.5));
    }

    [TestMethod]
    [DataRow(256)]
    [DataRow(511)]
    [DataRow(123_456)]
    [DataRow(1L << 40)]
    [DataRow((1L << 40) - 1)]
    [DataRow(long.MaxValue / 2)]
    public void Large_numbers_are_within_one_percent(long duration)
    {
        _histogram.Record(duration);
        _histogram.Record(long.MaxValue);

        Assert.AreEqual(duration, _histogram.Percentile(0.5), duration / 100.0);
    }

    [TestMethod]
    public void The_longest_possible_latency_has_a_bucket()
    {
        _histogram.Record(long.MaxValue);

        Assert.AreEqual(long.MaxValue, _histogram.Max);
        Assert.AreEqual(long.MaxValue, _histogram.Percentile(1), long.MaxValue / 100.0);
    }

    [TestMethod]
    [DataRow(0.00, 1_000)]
    [DataRow(0.50, 50_000)]
    [DataRow(0.99, 99_000)]
    [DataRow(1.00, 100_000)]
    public void A_percentile_is_the_value_that_this_share_does_not_exceed(double share, double expected)
    {
        for (int i = 100; i >= 1; i--)
        {
            _histogram.Record(i * 1_000);
        }

        Assert.AreEqual(100, _histogram.Count);
        Assert.AreEqual(expected, _histogram.Percentile(share), expected / 100);
        Assert.AreEqual(100_000, _histogram.Max);
    }
}
