using System.Diagnostics.Metrics;
using ThreadedChat.ChatServer.Metrics;

namespace ThreadedChat.ChatServer.Tests.Metrics;

[TestClass]
public sealed class DelayHistogramTests
{
    [TestMethod]
    [DataRow(0.0, 0)]
    [DataRow(0.00005, 0, DisplayName = "a bound belongs to its bucket")]
    [DataRow(0.000051, 1)]
    [DataRow(5.0, 15)]
    [DataRow(6.0, 16, DisplayName = "above all bounds")]
    public void A_time_is_counted_in_the_first_bucket_whose_bound_it_does_not_exceed(double seconds, int bucket)
    {
        using var meter = new ServerMeter();
        var histogram = new DelayHistogram(meter.Meter, "test", "A test.");

        histogram.Record(seconds);

        Assert.AreEqual(bucket, Array.IndexOf(histogram.Counts, 1));
        Assert.AreEqual(1, histogram.Counts.Sum());
        Assert.AreEqual(seconds, histogram.Sum);
    }

    [TestMethod]
    public void A_listener_of_the_meter_gets_each_time()
    {
        using var meter = new ServerMeter();
        var histogram = new DelayHistogram(meter.Meter, "test", "A test.");
        var heard = new List<double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == meter.Meter)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => heard.Add(value));
        listener.Start();

        histogram.Record(0.25);

        Assert.AreSequenceEqual([0.25], heard);
    }
}
