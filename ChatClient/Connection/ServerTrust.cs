using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>
/// Decides whether a server is who it should be: an authority vouches for it, or it has the key that it had before. A server that is seen for
/// the first time is trusted, and remembered.
/// </summary>
/// <param name="host">As typed.</param>
/// <param name="port">Of the server.</param>
/// <param name="authorities">The file of the only authorities that count; null: those of this machine, and known keys.</param>
/// <param name="known">The servers seen before.</param>
internal sealed class ServerTrust(string host, int port, string? authorities, KnownHosts known)
{
    private readonly string _server = Common.ProtocolText.Format("{0}:{1}", host, port);

    /// <summary>Why the server is not trusted, in one line; null if it is.</summary>
    public string? Rejection { get; private set; }

    /// <summary>What the user should know of a server that is trusted, in one line; else null.</summary>
    public string? News { get; private set; }

    /// <summary>True if the server is trusted.</summary>
    public bool Accepts(X509Certificate2? certificate, SslPolicyErrors errors)
    {
        try
        {
            Decide(certificate, errors);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Rejection = $"Cannot read the known servers, so {_server} cannot be checked: {e.Message}";
        }

        return Rejection is null;
    }

    private void Decide(X509Certificate2? certificate, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            Rejection = $"{_server} has no certificate.";
        }
        else if (authorities is not null)
        {
            Rejection = errors == SslPolicyErrors.None ? null
                : errors == SslPolicyErrors.RemoteCertificateNameMismatch ? $"The certificate of {_server} is for another name than {host}."
                : $"No authority in {authorities} vouches for {_server}.";
        }
        else if (errors == SslPolicyErrors.None)
        {
            // From then on a key that nobody vouches for is a change.
            if (known.Find(host, port) is null)
            {
                Remember(KnownHosts.ByAuthority);
            }
        }
        else
        {
            CompareKey(KnownHosts.KeyOf(certificate));
        }
    }

    private void CompareKey(string key)
    {
        if (known.Find(host, port) is not (string expected, int line))
        {
            News = $"{_server} is new. The digest of its key is {key}";
            Remember(key);
        }
        else if (expected == KnownHosts.ByAuthority)
        {
            Rejection = $"An authority vouched for {_server} before, and now none does: someone may be in between. "
                + $"If the operator confirms the key {key}, remove line {line} of {known.File} and connect again.";
        }
        else if (expected != key)
        {
            Rejection = $"The key of {_server} has changed from {expected} to {key}: someone may be in between. "
                + $"If the operator confirms the new key, remove line {line} of {known.File} and connect again.";
        }
    }

    private void Remember(string key)
    {
        try
        {
            known.Add(host, port, key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException) // no path: the user has no home
        {
            News = $"{_server} cannot be remembered, so a change of its key would not be noticed: {e.Message}";
        }
    }
}
