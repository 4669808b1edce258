using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Secure;

/// <summary>The certificate and the key of the server. The files may be renewed while it runs.</summary>
internal sealed class TlsIdentity
{
    /// <summary>The protocol between client and server, by ALPN (RFC 7301).</summary>
    private const string Protocol = "cs168";

    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly TlsFiles _files;
    private volatile SslServerAuthenticationOptions _current;

    /// <exception cref="TlsException">A file cannot be used.</exception>
    public TlsIdentity(TlsFiles files)
    {
        _files = files;
        _current = Load(out string description);
        Description = description;
    }

    /// <summary>For the next handshake.</summary>
    public SslServerAuthenticationOptions Current => _current;

    /// <summary>The subject of the certificate that was read at the start, and how long it is valid.</summary>
    public string Description { get; }

    /// <summary>Reads the files again, for the handshakes from now on. Returns the result, for the log. After an error the old certificate is used.</summary>
    public string Reload()
    {
        try
        {
            _current = Load(out string description);
            return $"the certificate was read again: {description}";
        }
        catch (TlsException e)
        {
            return $"the old certificate stays: {e.Message}";
        }
    }

    private SslServerAuthenticationOptions Load(out string description)
    {
        X509Certificate2Collection chain = Read(_files.Certificate, file =>
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(file);
            return all;
        });
        X509Certificate2 own = Read(_files.Key, file => X509Certificate2.CreateFromPemFile(_files.Certificate, file));
        description = Describe(own);
        chain.RemoveAt(0); // the certificate itself

        var options = new SslServerAuthenticationOptions
        {
            // Offline: it downloads nothing, so no other thread appears.
            ServerCertificateContext = Read(_files.Certificate, _ => SslStreamCertificateContext.Create(own, chain, offline: true)),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [new SslApplicationProtocol(Protocol)],
            AllowRenegotiation = false,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (_files.ClientAuthorities is not null)
        {
            AskForCertificates(options, Read(_files.ClientAuthorities, file =>
            {
                var authorities = new X509Certificate2Collection();
                authorities.ImportFromPemFile(file);
                return authorities;
            }));
        }

        return options;
    }

    /// <summary>A client may have no certificate. One that has one must have it from these authorities, whatever else this machine trusts.</summary>
    private static void AskForCertificates(SslServerAuthenticationOptions options, X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        options.CertificateChainPolicy = policy;
        options.ClientCertificateRequired = true; // that is: ask for one
        options.RemoteCertificateValidationCallback = (_, certificate, _, errors) => certificate is null || errors == SslPolicyErrors.None;
    }

    /// <exception cref="TlsException">Always, if <paramref name="read"/> fails for what is in the file.</exception>
    private static T Read<T>(string file, Func<string, T> read)
        where T : class
    {
        try
        {
            RegularFile.Require(file);
            T value = read(file);
            return value is X509Certificate2Collection { Count: 0 } ? throw new TlsException($"{file} has no certificate in PEM.") : value;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or NotSupportedException)
        {
            throw new TlsException($"{file}: {FirstLine(e.Message)}", e);
        }
    }

    private static string Describe(X509Certificate2 certificate)
    {
        string until = certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        string state = certificate.NotAfter < DateTime.Now ? "EXPIRED since" : certificate.NotBefore > DateTime.Now ? "NOT VALID YET, until" : "valid until";
        return $"{certificate.Subject}, {state} {until}";
    }

    private static string FirstLine(string message) => message.Split('\n', 2)[0].TrimEnd('\r');
}
