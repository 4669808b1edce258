namespace ThreadedChat.ChatServer.Cluster;

/// <summary>Which chat to be a part of, and how to reach it.</summary>
/// <param name="Urls">Of the engine, separated by commas: <c>nats://HOST:PORT</c> or <c>tls://HOST:PORT</c>.</param>
/// <param name="Name">Of the chat.</param>
internal sealed record ClusterTarget(string Urls, string Name)
{
    /// <summary>How many nodes of the engine keep the log, if this server creates it.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>A file with the certificate of the authority that has signed that of the engine.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>Files with the own certificate and its key.</summary>
    public string? Certificate { get; init; }

    public string? Key { get; init; }

    /// <summary>A file with a user and a password in two lines, or with the credentials of NATS.</summary>
    public string? Credentials { get; init; }

    /// <summary>After this time without an entry, a server is gone.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>How long clients wait while the engine cannot be reached.</summary>
    public TimeSpan EngineTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time from one beat to the next.</summary>
    public TimeSpan BeatInterval => TimeSpan.FromSeconds(Math.Clamp(ServerTimeout.TotalSeconds / 12, 0.1, 1));

    /// <summary>A server declares another one gone after this number of its own beats without an entry of the other.</summary>
    public int SilentBeats => Math.Max(2, (int)Math.Ceiling(ServerTimeout / BeatInterval));
}
