using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatServer.Benchmarks;

/// <summary>The report as a table.</summary>
internal static class ReportTable
{
    private const string NotMeasured = "-";
    private const double Mega = 1e6;
    private const double Kilo = 1e3;

    private static readonly (string Heading, Func<WorkloadReport, string> Cell)[] Columns =
    [
        ("deliveries/s", load => Number(load.Median.DeliveriesPerSecond, "N0")),
        ("CPU µs each", load => Number(load.Median.ServerMicrosecondsPerDelivery, "N2")),
        ("p50 µs", load => Number(load.Median.LatencyP50Microseconds, "N0")),
        ("p99 µs", load => Number(load.Median.LatencyP99Microseconds, "N0")),
        ("max µs", load => Number(load.Median.LatencyMaxMicroseconds, "N0")),
        ("server MB", load => Number(load.Median.ServerMemoryBytes / Mega, "N0")),
        ("connects/s", load => Number(load.Median.ConnectsPerSecond, "N0")),
        ("errors", load => load.Errors.ToString()),
    ];

    /// <summary>A line for each workload; then a line for each held workload and for each failed run.</summary>
    public static string Format(Report report)
    {
        IReadOnlyList<WorkloadReport> loads = report.Summarise();
        if (loads.Count == 0)
        {
            return "";
        }

        string[] names = ["", .. loads.Select(load => $"{load.Workload}  {load.Title}")];
        int nameWidth = names.Max(name => name.Length);

        string[] lines = [.. names.Select(name => name.PadRight(nameWidth))];
        foreach ((string heading, Func<WorkloadReport, string> cell) in Columns)
        {
            string[] cells = [heading, .. loads.Select(cell)];
            int width = cells.Max(text => text.Length);
            lines = [.. lines.Zip(cells, (line, text) => $"{line}  {text.PadLeft(width)}")];
        }

        var table = new StringBuilder().AppendJoin('\n', lines).Append('\n');
        AppendIdle(table, loads);
        AppendTrouble(table, report);
        return table.ToString();
    }

    private static void AppendIdle(StringBuilder table, IReadOnlyList<WorkloadReport> loads)
    {
        foreach (WorkloadReport load in loads.Where(load => load.Median.IdleServerCpuShare is not null))
        {
            table.Append(CultureInfo.InvariantCulture,
                $"{load.Workload}: {load.Connections:N0} idle clients cost {load.Median.IdleServerCpuShare:P2} of a processor")
                .Append(CultureInfo.InvariantCulture, $" and {load.Median.IdleMemoryBytesPerClient / Kilo:N1} kB each.\n");
        }
    }

    private static void AppendTrouble(StringBuilder table, Report report)
    {
        foreach (RunReport run in report.Runs.Where(run => !run.Outcome.IsRight))
        {
            table.Append(CultureInfo.InvariantCulture, $"{run.Workload}, run {run.Run}: {run.Outcome.Errors}");
            table.Append(run.Outcome.Trouble is string trouble ? $"; {trouble}" : "");
            table.Append(run.Outcome.FirstWrongText is string text ? $"; the first wrong text: '{text}'" : "").Append('\n');
        }
    }

    private static string Number(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? NotMeasured;
}
