using ThreadedChat.ChatServer.Secure;

namespace ThreadedChat.ChatServer.Metrics;

/// <summary>The instruments of TLS. docs/metrics.md says what each one is for.</summary>
internal static class TlsInstruments
{
    public static void Add(ServerMeter meter, Handshakes handshakes)
    {
        meter.Counter("threadedchat.tls.handshakes", "{handshake}", "TLS handshakes that have ended, by the result.", "result",
            () => [("completed", handshakes.Completed), ("failed", handshakes.Failed)]);
        meter.Gauge("threadedchat.tls.handshakes.running", "{handshake}", "TLS handshakes that have begun and not ended.", () => handshakes.Running);
        meter.Gauge("threadedchat.tls.handshakes.waiting", "{handshake}", "TLS handshakes that wait for their peers.", () => handshakes.Waiting);
    }
}
