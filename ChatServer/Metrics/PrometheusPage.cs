using System.Diagnostics.Metrics;

namespace ThreadedChat.ChatServer.Metrics;

/// <summary>
/// What <c>/metrics</c> answers: the instruments of this server, and those of the runtime (processor time, memory, garbage collections).
/// Each scrape observes them anew, so scrapes share nothing, and between two of them nothing runs.
/// </summary>
internal sealed class PrometheusPage(Meter meter, IReadOnlyList<DelayHistogram> histograms)
{
    private const string RuntimeMeter = "System.Runtime";

    /// <summary>In Prometheus the count of a histogram ends so. The runtime has gauges with this end, which are left out.</summary>
    private const string ReservedEnd = ".count";

    /// <summary>All samples of this moment.</summary>
    public string Write()
    {
        var families = new SortedDictionary<string, Family>(StringComparer.Ordinal);
        using (var listener = new MeterListener { InstrumentPublished = (instrument, self) => Publish(families, instrument, self) })
        {
            listener.SetMeasurementEventCallback<double>(static (_, value, labels, family) => ((Family)family!).Add(value, labels));
            listener.SetMeasurementEventCallback<long>(static (_, value, labels, family) => ((Family)family!).Add(value, labels));
            listener.SetMeasurementEventCallback<int>(static (_, value, labels, family) => ((Family)family!).Add(value, labels));
            listener.Start();
            listener.RecordObservableInstruments();
        }

        var text = new PrometheusText();
        foreach (Family family in families.Values)
        {
            string name = text.Begin(family.Instrument, family.Type);
            family.Samples.ForEach(sample => text.Sample(name, sample.Labels, sample.Value));
        }

        foreach (DelayHistogram histogram in histograms)
        {
            text.Histogram(histogram);
        }

        return text.ToString();
    }

    private void Publish(SortedDictionary<string, Family> families, Instrument instrument, MeterListener listener)
    {
        bool isOfRuntime = instrument.Meter.Name == RuntimeMeter && !instrument.Name.EndsWith(ReservedEnd, StringComparison.Ordinal);
        if (instrument.IsObservable && (instrument.Meter == meter || isOfRuntime))
        {
            var family = new Family(instrument);
            families[instrument.Name] = family;
            listener.EnableMeasurementEvents(instrument, family);
        }
    }

    private sealed class Family(Instrument instrument)
    {
        public Instrument Instrument => instrument;

        public string Type { get; } = instrument is ObservableCounter<double> or ObservableCounter<long> or ObservableCounter<int> ? "counter" : "gauge";

        public List<(KeyValuePair<string, object?>[] Labels, double Value)> Samples { get; } = [];

        public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels) => Samples.Add((labels.ToArray(), value));
    }
}
