using NATS.Client.Core;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Nats;

/// <summary>The settings of the client of NATS: shorter waits than its own, TLS, and how this server logs in.</summary>
internal static class NatsSettings
{
    /// <exception cref="EngineException">The file with the user and the password cannot be used.</exception>
    public static NatsOpts Of(ClusterTarget target) => NatsOpts.Default with
    {
        Url = target.Urls,
        Name = $"ThreadedChat {target.Name}",
        PingInterval = TimeSpan.FromSeconds(1), // a hung engine is noticed after two of them
        MaxPingOut = 2,
        ReconnectWaitMin = TimeSpan.FromMilliseconds(100),
        ReconnectWaitMax = TimeSpan.FromMilliseconds(500),
        ReconnectJitter = TimeSpan.FromMilliseconds(50),
        ConnectTimeout = TimeSpan.FromSeconds(1),
        RequestTimeout = TimeSpan.FromSeconds(1),
        MaxReconnectRetry = -1,
        IgnoreAuthErrorAbort = true,
        WriterBufferSize = 1 << 20,
        AuthOpts = LoginOf(target),
        TlsOpts = new NatsTlsOpts
        {
            CaFile = target.CertificateAuthority,
            CertFile = target.Certificate,
            KeyFile = target.Key,
            Mode = target.CertificateAuthority is null && !target.Urls.Contains("tls://", StringComparison.Ordinal) ? TlsMode.Auto : TlsMode.Require,
        },
    };

    private static NatsAuthOpts LoginOf(ClusterTarget target)
    {
        if (target.Credentials is not string file)
        {
            return NatsAuthOpts.Default;
        }

        try
        {
            RegularFile.Require(file);
            if (Path.GetExtension(file) == ".creds")
            {
                return new NatsAuthOpts { CredsFile = file };
            }

            return File.ReadAllLines(file) is [var user, var password, ..]
                ? new NatsAuthOpts { Username = user.Trim(), Password = password.Trim() }
                : throw new EngineException($"'{file}' must have a user and a password, in two lines", isFinal: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineException($"'{file}' cannot be read: {e.Message}", isFinal: true);
        }
    }
}
