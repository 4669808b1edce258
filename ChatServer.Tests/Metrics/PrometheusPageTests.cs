using ThreadedChat.ChatServer.Metrics;

namespace ThreadedChat.ChatServer.Tests.Metrics;

[TestClass]
public sealed class PrometheusPageTests
{
    [TestMethod]
    public void A_part_adds_an_instrument_in_one_line()
    {
        using var meter = new ServerMeter();
        meter.Counter("threadedchat.tls.handshakes", "{handshake}", "TLS handshakes.", () => 3);

        string page = new PrometheusPage(meter.Meter, []).Write();

        Assert.Contains(
            "# HELP threadedchat_tls_handshakes_total TLS handshakes.\n# TYPE threadedchat_tls_handshakes_total counter\nthreadedchat_tls_handshakes_total 3\n",
            page);
    }

    [TestMethod]
    public void Names_have_their_unit_and_labels_their_values()
    {
        using var meter = new ServerMeter();
        meter.Gauge("threadedchat.queued", "By", "Bytes.", () => 1.5);
        meter.Counter("threadedchat.waited", "s", "Time.", () => 0.25);
        meter.Gauge("threadedchat.connections", "{connection}", "Clients.", "state", () => [("a", 1), ("b\"\\\n", 2)]);

        string page = new PrometheusPage(meter.Meter, []).Write();

        Assert.Contains("\nthreadedchat_queued_bytes 1.5\n", page);
        Assert.Contains("\nthreadedchat_waited_seconds_total 0.25\n", page);
        Assert.Contains("\nthreadedchat_connections{state=\"a\"} 1\nthreadedchat_connections{state=\"b\\\"\\\\\\n\"} 2\n", page);
    }

    [TestMethod]
    public void Instruments_of_another_server_in_the_same_process_are_not_on_the_page()
    {
        using var meter = new ServerMeter();
        using var other = new ServerMeter();
        other.Gauge("threadedchat.other", "{thing}", "Of another server.", () => 1);

        Assert.DoesNotContain("threadedchat_other", new PrometheusPage(meter.Meter, []).Write());
    }

    [TestMethod]
    public void The_page_has_the_figures_of_the_runtime()
    {
        using var meter = new ServerMeter();

        string page = new PrometheusPage(meter.Meter, []).Write();

        Assert.Contains("# TYPE dotnet_process_cpu_time_seconds_total counter\n", page);
        Assert.Contains("\ndotnet_process_memory_working_set_bytes ", page);
    }

    [TestMethod]
    public void A_histogram_has_sums_of_its_buckets()
    {
        using var meter = new ServerMeter();
        var histogram = new DelayHistogram(meter.Meter, "threadedchat.receive_to_send", "Times.");
        histogram.Record(0.0002);
        histogram.Record(0.002);
        histogram.Record(100);

        string page = new PrometheusPage(meter.Meter, [histogram]).Write();

        Assert.Contains("# TYPE threadedchat_receive_to_send_seconds histogram\n", page);
        Assert.Contains("\nthreadedchat_receive_to_send_seconds_bucket{le=\"0.0001\"} 0\n", page);
        Assert.Contains("\nthreadedchat_receive_to_send_seconds_bucket{le=\"0.001\"} 1\n", page);
        Assert.Contains("\nthreadedchat_receive_to_send_seconds_bucket{le=\"5\"} 2\n", page);
        Assert.Contains("\nthreadedchat_receive_to_send_seconds_bucket{le=\"+Inf\"} 3\n", page);
        Assert.Contains("\nthreadedchat_receive_to_send_seconds_sum 100.0022\nthreadedchat_receive_to_send_seconds_count 3\n", page);
    }
}
