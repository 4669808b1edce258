using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatServer.Metrics;

/// <summary>Writes families of samples in the text format of Prometheus, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    /// <summary>What an answer in this format is called.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Begins a family: its name, which is returned, and its help.</summary>
    public string Begin(Instrument instrument, string type)
    {
        string name = NameOf(instrument, type);
        _text.Append($"# HELP {name} {Escape(instrument.Description ?? "", quote: false)}\n# TYPE {name} {type}\n");
        return name;
    }

    public void Sample(string name, ReadOnlySpan<KeyValuePair<string, object?>> labels, double value)
    {
        _text.Append(name);
        for (int i = 0; i < labels.Length; i++)
        {
            string text = Convert.ToString(labels[i].Value, CultureInfo.InvariantCulture) ?? "";
            _text.Append(i == 0 ? '{' : ',').Append($"{Clean(labels[i].Key)}=\"{Escape(text, quote: true)}\"");
        }

        _text.Append(labels.IsEmpty ? " " : "} ").Append(Number(value)).Append('\n');
    }

    public void Histogram(DelayHistogram histogram)
    {
        string name = Begin(histogram.Instrument, "histogram");
        long sum = 0;
        long[] counts = histogram.Counts;
        for (int i = 0; i < counts.Length; i++)
        {
            sum += counts[i];
            string bound = i < DelayHistogram.Bounds.Count ? Number(DelayHistogram.Bounds[i]) : "+Inf";
            Sample($"{name}_bucket", [KeyValuePair.Create("le", (object?)bound)], sum);
        }

        Sample($"{name}_sum", [], histogram.Sum);
        Sample($"{name}_count", [], sum);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>The name that Prometheus expects: the unit and, for a counter, <c>total</c> at its end.</summary>
    internal static string NameOf(Instrument instrument, string type)
    {
        string unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        string name = Clean(instrument.Name);
        return (name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit) + (type == "counter" ? "_total" : "");
    }

    private static string Clean(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string Escape(string text, bool quote)
    {
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quote ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
