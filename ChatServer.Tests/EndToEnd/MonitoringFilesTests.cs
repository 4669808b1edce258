using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Metrics;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The files in <c>deploy/</c> for Prometheus and Grafana, and the list in docs/metrics.md, fit what the server reports.</summary>
[TestClass]
public sealed partial class MonitoringFilesTests
{
    private static readonly string Deploy = Path.Combine(Repository.Root, "deploy");

    private static readonly Lazy<HashSet<string>> Names = new(NamesOfServer);

    [TestMethod]
    public void Promtool_accepts_the_alert_rules()
    {
        Check(Deploy, "check", "rules", "alerts.yml");
    }

    [TestMethod]
    public void Promtool_accepts_the_example_of_a_configuration()
    {
        Check(Deploy, "check", "config", "prometheus.yml");
    }

    [TestMethod]
    public void Each_alert_fires_in_the_case_that_it_is_for()
    {
        Check(Deploy, "test", "rules", "alerts.test.yml");
    }

    [TestMethod]
    public void Each_alert_has_a_case()
    {
        string cases = File.ReadAllText(Path.Combine(Deploy, "alerts.test.yml"));
        string[] alerts = [.. Alert().Matches(File.ReadAllText(Path.Combine(Deploy, "alerts.yml"))).Select(match => match.Groups[1].Value)];

        Assert.IsNotEmpty(alerts);
        Assert.AreEqual("", string.Join('\n', alerts.Where(alert => !Regex.IsMatch(cases, $@"alertname: {alert}\n +exp_alerts:\n"))));
    }

    [TestMethod]
    [DataRow("alerts.yml")]
    [DataRow("grafana.json")]
    public void Each_metric_in_a_file_is_one_of_the_server(string file)
    {
        string text = File.ReadAllText(Path.Combine(Deploy, file));
        string[] used = [.. Metric().Matches(text).Select(match => match.Value).Distinct()];

        Assert.IsNotEmpty(used);
        Assert.AreEqual("", string.Join('\n', used.Except(Names.Value)));
    }

    [TestMethod]
    public void The_dashboard_has_a_query_in_each_panel()
    {
        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Deploy, "grafana.json")));
        JsonElement[] panels = [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()];

        Assert.IsNotEmpty(panels);
        foreach (JsonElement panel in panels)
        {
            Assert.IsTrue(panel.GetProperty("targets").EnumerateArray().All(target => target.GetProperty("expr").GetString() is { Length: > 0 }));
        }
    }

    [TestMethod]
    public void Prometheus_understands_each_query_of_the_dashboard()
    {
        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Deploy, "grafana.json")));
        string[] queries = [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!)];
        DirectoryInfo folder = Directory.CreateTempSubdirectory("threadedchat-rules-");
        try
        {
            // Prometheus reads a query in a file of rules only.
            File.WriteAllText(Path.Combine(folder.FullName, "queries.yml"), "groups:\n  - name: queries\n    rules:\n"
                + string.Concat(queries.Select((query, i) => $"      - record: query{i}\n        expr: {JsonSerializer.Serialize(query)}\n")));

            Check(folder.FullName, "check", "rules", "queries.yml");
        }
        finally
        {
            folder.Remove();
        }
    }

    [TestMethod]
    public void The_document_lists_each_metric_of_the_server_and_no_other()
    {
        string document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "metrics.md"));
        string[] listed = [.. Row().Matches(document).Select(match => match.Groups[1].Value)];

        Assert.AreEqual("", string.Join('\n', Names.Value.Where(name => !IsPartOfHistogram(name)).Except(listed)), "not listed");
        Assert.AreEqual("", string.Join('\n', listed.Except(Names.Value)), "listed, but not there");
    }

    private static bool IsPartOfHistogram(string name) =>
        name.EndsWith("_bucket", StringComparison.Ordinal) || name.EndsWith("_sum", StringComparison.Ordinal) || name.EndsWith("_count", StringComparison.Ordinal);

    private static void Check(string folder, string verb, string what, string file)
    {
        Needs.Program("promtool");
        using var promtool = new ChatProcess("promtool", folder, verb, what, file);
        int code = promtool.AwaitExit();
        Assert.AreEqual(0, code, promtool.Output.AwaitEnd() + promtool.Error.AwaitEnd());
    }

    /// <summary>The names of all samples, and of the families that have several kinds of samples.</summary>
    private static HashSet<string> NamesOfServer()
    {
        using var folder = new HistoryFolder();
        using var server = new TestServer(new ServerOptions
        {
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            History = new HistorySettings(folder.File, null, null),
        });
        ClusterInstruments.Add(server.Monitoring.Meter, new ClusterFigures()); // without a cluster
        string page = HttpProbe.Get(server.Http, "/metrics").Body;
        return [.. Sample().Matches(page).Concat(Family().Matches(page)).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex(@"\bthreadedchat_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"^(threadedchat_[a-z_]+)[ {]", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("^# TYPE (threadedchat_[a-z_]+) ", RegexOptions.Multiline)]
    private static partial Regex Family();

    [GeneratedRegex(@"^ +- alert: (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Alert();

    [GeneratedRegex(@"^\| `(threadedchat_[a-z_]+)`", RegexOptions.Multiline)]
    private static partial Regex Row();
}
