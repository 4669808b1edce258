using System.Diagnostics.Metrics;

namespace ThreadedChat.ChatServer.Metrics;

/// <summary>
/// The instruments of a server, on the meter <see cref="Name"/>. A part adds what it counts with one call for each instrument:
/// <c>meter.Counter("threadedchat.tls.handshakes", "{handshake}", "TLS handshakes that were completed.", () => tls.Handshakes)</c>.
/// All are observed: a part counts in a field of its own, and the field is read when somebody asks. docs/metrics.md lists them.
/// </summary>
internal sealed class ServerMeter : IDisposable
{
    /// <summary>The name under which <c>dotnet-counters</c> and OpenTelemetry find the instruments.</summary>
    public const string Name = "ThreadedChat";

    public Meter Meter { get; } = new(Name);

    /// <summary>A sum that never falls. Units as in UCUM: <c>By</c>, <c>s</c>, <c>{connection}</c>.</summary>
    public void Counter(string name, string unit, string description, Func<double> read) =>
        Meter.CreateObservableCounter(name, read, unit, description);

    /// <summary>A sum for each value of <paramref name="label"/>.</summary>
    public void Counter(string name, string unit, string description, string label, Func<IEnumerable<(string Value, double Count)>> read) =>
        Meter.CreateObservableCounter(name, () => Labelled(label, read()), unit, description);

    /// <summary>A value of this moment.</summary>
    public void Gauge(string name, string unit, string description, Func<double> read) =>
        Meter.CreateObservableGauge(name, read, unit, description);

    /// <summary>A value of this moment for each value of <paramref name="label"/>.</summary>
    public void Gauge(string name, string unit, string description, string label, Func<IEnumerable<(string Value, double Count)>> read) =>
        Meter.CreateObservableGauge(name, () => Labelled(label, read()), unit, description);

    /// <summary>Ends all instruments.</summary>
    public void Dispose() => Meter.Dispose();

    private static IEnumerable<Measurement<double>> Labelled(string label, IEnumerable<(string Value, double Count)> values) =>
        values.Select(one => new Measurement<double>(one.Count, KeyValuePair.Create(label, (object?)one.Value)));
}
