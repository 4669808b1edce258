using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>Makes TLS connections, with what the user has chosen for them.</summary>
internal sealed class TlsClient
{
    // RFC 8446, section 5.1: the types of a record that a server may begin with.
    private const int AlertRecord = 0x15;
    private const int HandshakeRecord = 0x16;

    private readonly string? _authorityFile;
    private readonly X509Certificate2Collection _authorities = [];
    private readonly SslStreamCertificateContext? _own;
    private readonly KnownHosts _known;

    private TlsClient(string? authorityFile, string? certificateFile, string? keyFile, string knownHostsFile)
    {
        _authorityFile = authorityFile;
        _known = new KnownHosts(knownHostsFile);
        if (authorityFile is not null)
        {
            _authorities.ImportFromPemFile(authorityFile);
            if (_authorities.Count == 0)
            {
                throw new CryptographicException("there is no certificate in PEM.");
            }
        }

        if (certificateFile is not null)
        {
            _own = SslStreamCertificateContext.Create(
                X509Certificate2.CreateFromPemFile(certificateFile, keyFile ?? certificateFile), additionalCertificates: null, offline: true);
        }
    }

    /// <summary>Reads the files. Null, and one line in <paramref name="error"/>, if one of them cannot be used.</summary>
    /// <param name="authorityFile">The only authorities that count, in PEM; null for those of this machine and known keys.</param>
    /// <param name="certificateFile">The user's certificate, in PEM; null for none.</param>
    /// <param name="keyFile">Its key; null if it is in the same file.</param>
    /// <param name="knownHostsFile">See <see cref="KnownHosts"/>; need not exist.</param>
    /// <param name="error">Null if it worked.</param>
    public static TlsClient? TryLoad(string? authorityFile, string? certificateFile, string? keyFile, string knownHostsFile, out string? error)
    {
        try
        {
            error = null;
            return new TlsClient(authorityFile, certificateFile, keyFile, knownHostsFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or NotSupportedException)
        {
            string files = string.Join(", ", ((string?[])[authorityFile, certificateFile, keyFile]).OfType<string>());
            error = $"Cannot use the certificates in {files}: {FirstLine(e.Message)}";
            return null;
        }
    }

    /// <summary>The handshake on a connected socket. Null, with the reason in <paramref name="fault"/>, if it does not end well.</summary>
    /// <param name="socket">Blocking. It is closed if the result is null.</param>
    /// <param name="host">As typed.</param>
    /// <param name="port">Of the server.</param>
    /// <param name="news">A line for the user; else null.</param>
    /// <param name="fault">Null if it worked.</param>
    public IServerStream? TryOpen(Socket socket, string host, int port, out string? news, out ConnectFault? fault)
    {
        var trust = new ServerTrust(host, port, _authorityFile, _known);
        var stream = new TlsServerStream(socket);
        try
        {
            stream.Open(Options(host, trust));
            (news, fault) = (trust.News, null);
            return stream;
        }
        catch (Exception e) when (e is AuthenticationException || NetworkFault.Is(e))
        {
            stream.Dispose();
            (news, fault) = (null, Explain(ProtocolText.Format("{0}:{1}", host, port), trust, stream.FirstByte, e));
            return null;
        }
    }

    private static ConnectFault Explain(string server, ServerTrust trust, int firstByte, Exception e) =>
        trust.Rejection is { } rejection ? new ConnectFault(rejection, IsFinal: true)
        : firstByte is not (-1 or AlertRecord or HandshakeRecord) ? new ConnectFault($"{server} does not speak TLS: connect without --tls, or to another port.", IsFinal: false)
        : e is NothingYetException ? new ConnectFault($"{server} does not answer as a server with TLS does.", IsFinal: false)
        : new ConnectFault($"The TLS handshake with {server} has failed: {FirstLine((e.InnerException ?? e).Message)}", IsFinal: false);

    private static string FirstLine(string message) => message.Split('\n', 2)[0].TrimEnd('\r');

    private SslClientAuthenticationOptions Options(string host, ServerTrust trust)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [new SslApplicationProtocol("cs168")],
            AllowRenegotiation = false,
            ClientCertificateContext = _own,
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => trust.Accepts(certificate as X509Certificate2, errors),
            CertificateChainPolicy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
        };
        if (_authorityFile is not null)
        {
            options.CertificateChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            options.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
        }

        return options;
    }
}
