using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Http;
using ThreadedChat.ChatServer.Live;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Metrics;

namespace ThreadedChat.ChatServer;

/// <summary>
/// What can be seen of a running server from outside: the instruments, and with <c>--http</c> the metrics, the health and the live page. A
/// part that has more to show adds it to <see cref="Meter"/> or <see cref="Ready"/> before <see cref="Start"/>.
/// </summary>
internal sealed class Monitoring : IDisposable
{
    private readonly FigureSource _figures;
    private readonly HttpPort? _http;
    private readonly ILogger _log;
    private volatile bool _isStopping;

    /// <summary>Makes the instruments, and listens if <paramref name="address"/> is given.</summary>
    /// <param name="parts">What is counted.</param>
    /// <param name="address">Where HTTP is answered; null: nowhere.</param>
    /// <param name="texts">What the live page may show of what people wrote.</param>
    /// <param name="faults">Catches and counts exceptions in the server's own code.</param>
    /// <param name="log">Where the counts are logged.</param>
    /// <exception cref="HttpException">The address cannot be used.</exception>
    public Monitoring(MonitoredParts parts, IPEndPoint? address, ShownTexts texts, Faults faults, ILogger log)
    {
        _log = log;
        _figures = new FigureSource(parts.Registry, parts.Admission, parts.Writer, parts.Channels, faults);
        ChatInstruments.Add(Meter, _figures);
        if (parts.History is ChatHistory history)
        {
            ChatInstruments.AddHistory(Meter, history);
        }

        if (parts.Cluster is ClusterChat cluster)
        {
            ClusterInstruments.Add(Meter, cluster.Figures);
            Ready.Require("out of reach of its cluster", () => cluster.Figures.IsReachable);
        }

        var delays = new DelayHistogram(
            Meter.Meter, "threadedchat.receive_to_send", "Time from the receive of a message to its send to the first member, measured for some of the messages.");
        parts.Writer.Delays.Recorded = delays.Record;
        Ready.Require("stopping", () => !_isStopping);
        if (address is not null)
        {
            var view = new LiveView(parts.Registry, parts.Channels, _figures, texts, parts.SoftLimit, () => _isStopping);
            _http = new HttpPort(address, Routes(new PrometheusPage(Meter.Meter, [delays]), view), faults);
        }
    }

    public ServerMeter Meter { get; } = new();

    /// <summary>What must hold so that the server takes new clients.</summary>
    public ReadyChecks Ready { get; } = new();

    /// <summary>Where HTTP is answered; null: nowhere.</summary>
    public IPEndPoint? Address => _http?.Address;

    public void Start() => _http?.Start();

    /// <summary>Logs the address of the live page.</summary>
    public void LogAddress()
    {
        if (_http is not null)
        {
            _log.HttpStarted(_http.Address.ToString());
        }
    }

    /// <summary>The server stops: from now on it is not ready. Answers come until <see cref="Dispose"/>.</summary>
    public void BeginStop() => _isStopping = true;

    /// <summary>Logs the counts of the moment, in one line.</summary>
    public void LogCounts()
    {
        ChatFigures now = _figures.Read();
        _log.Counts(
            now.Connections, now.Channels, now.Accepted, now.Refused.Sum(), now.Closed.Sum(), now.FramesReceived, now.FramesSent,
            now.QueuedBytes, now.LargestQueue, now.Congested, now.Waiting.Skip(1).Sum(), now.Faults);
    }

    /// <summary>Answers no more, and ends the instruments.</summary>
    public void Dispose()
    {
        _http?.Dispose();
        Meter.Dispose();
    }

    private Dictionary<string, HttpRoute> Routes(PrometheusPage metrics, LiveView view)
    {
        var routes = new Dictionary<string, HttpRoute>(StringComparer.Ordinal)
        {
            ["/metrics"] = Check(reply => reply.Send(200, PrometheusText.ContentType, Encoding.UTF8.GetBytes(metrics.Write()))),
            ["/healthz"] = Check(reply => reply.SendText(200, "healthy")),
            ["/readyz"] = Check(AnswerReady),
        };
        LivePage.AddTo(routes, view);
        return routes;
    }

    private static HttpRoute Check(Action<HttpReply> answer) => new(HttpKind.Check, (_, reply) => answer(reply));

    private void AnswerReady(HttpReply reply)
    {
        IReadOnlyList<string> problems = Ready.Problems;
        reply.SendText(problems.Count == 0 ? 200 : 503, problems.Count == 0 ? "ready" : $"not ready: {string.Join(", ", problems)}");
    }
}
