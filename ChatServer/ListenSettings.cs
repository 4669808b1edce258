using System.Net;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Secure;

namespace ThreadedChat.ChatServer;

/// <summary>Where the server listens beside its port, and what is spoken there.</summary>
internal sealed record ListenSettings
{
    /// <summary>Addresses and Unix sockets.</summary>
    public IReadOnlyList<ListenAddress> Addresses { get; init; } = [];

    /// <summary>The permissions of a Unix socket.</summary>
    public UnixFileMode UnixMode { get; init; } =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>A peer on this machine is a proxy, and first says for whom it connects.</summary>
    public bool TakesProxies { get; init; }

    /// <summary>The same for peers in these networks.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>With these files the server speaks TLS; null: it does not.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>The port for TLS (0: one that is free); null: all ports and addresses speak TLS if there is a certificate.</summary>
    public int? TlsPort { get; init; }

    /// <summary>True if any peer may be a proxy.</summary>
    public bool HasProxies => TakesProxies || Proxies.Count > 0;

    /// <summary>True for a peer that first says for whom it connects.</summary>
    public bool IsProxy(IPAddress? peer) =>
        peer is not null && ((TakesProxies && IPAddress.IsLoopback(peer)) || Proxies.Any(network => network.Contains(peer)));
}
