using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>An authority made for one test, and the files of what it signs, in a folder that is removed at the end.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-");
    private readonly X509Certificate2 _authority;

    public TestCertificates(string name = "Test Authority")
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        AuthorityFile = PathOf("authority.pem");
        File.WriteAllText(AuthorityFile, _authority.ExportCertificatePem());
        (ServerFile, ServerKeyFile) = Issue("server", "localhost");
    }

    public string AuthorityFile { get; }

    /// <summary>The certificate of a server on this machine.</summary>
    public string ServerFile { get; }

    public string ServerKeyFile { get; }

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    /// <summary>Signs a certificate, for server and client. Files of the same name are replaced.</summary>
    /// <param name="file">What the files are called.</param>
    /// <param name="commonName">Null for a subject without one.</param>
    /// <param name="begins">In so many days it begins to be valid, for an hour; null for one that is valid now.</param>
    /// <param name="isForClients">False for a certificate of servers alone.</param>
    public (string Certificate, string Key) Issue(string file, string? commonName, double? begins = null, bool isForClients = true)
    {
        const string Servers = "1.3.6.1.5.5.7.3.1";
        const string Clients = "1.3.6.1.5.5.7.3.2";
        DateTimeOffset from = DateTimeOffset.UtcNow.AddDays(begins ?? -1);
        DateTimeOffset until = begins is null ? DateTimeOffset.UtcNow.AddDays(1) : from.AddHours(1);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(commonName is null ? "O=Nobody" : $"CN={commonName}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            isForClients ? [new Oid(Servers), new Oid(Clients)] : [new Oid(Servers)], critical: false));
        using X509Certificate2 signed = request.Create(_authority, from, until, RandomNumberGenerator.GetBytes(8));
        (string certificateFile, string keyFile) = (PathOf($"{file}.pem"), PathOf($"{file}.key"));
        File.WriteAllText(certificateFile, signed.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Remove();
    }
}
