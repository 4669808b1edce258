using System.Security.Cryptography.X509Certificates;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Secure;

/// <summary>The files of a certificate, good and bad.</summary>
[TestClass]
public sealed class TlsIdentityTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [TestMethod]
    public void It_says_whose_certificate_it_is_and_how_long_it_is_valid()
    {
        Assert.StartsWith("CN=localhost, valid until 20", Identity().Description);
    }

    [TestMethod]
    [DataRow("a key of another certificate")]
    [DataRow("no certificate file")]
    [DataRow("no key file")]
    [DataRow("a certificate file without a certificate")]
    [DataRow("an empty certificate file")]
    [DataRow("a key file without a key")]
    [DataRow("no file of authorities")]
    [DataRow("a file of authorities without one")]
    [DataRow("a folder")]
    public void A_file_that_cannot_be_used_is_one_line_that_names_it(string what)
    {
        string text = _certificates.PathOf("text");
        File.WriteAllText(text, "no PEM");
        string empty = _certificates.PathOf("empty");
        File.WriteAllText(empty, "");
        (string certificate, string key) = (_certificates.ServerFile, _certificates.ServerKeyFile);
        string missing = _certificates.PathOf("missing");
        (TlsFiles files, string named) = what switch
        {
            "a key of another certificate" => (new TlsFiles(certificate, _certificates.Issue("other", "other").Key), "other.key"),
            "no certificate file" => (new TlsFiles(missing, key), "missing"),
            "no key file" => (new TlsFiles(certificate, missing), "missing"),
            "a certificate file without a certificate" => (new TlsFiles(text, key), "text"),
            "an empty certificate file" => (new TlsFiles(empty, key), "empty"),
            "a key file without a key" => (new TlsFiles(certificate, text), "text"),
            "no file of authorities" => (new TlsFiles(certificate, key, missing), "missing"),
            "a file of authorities without one" => (new TlsFiles(certificate, key, text), "text"),
            _ => (new TlsFiles(Path.GetTempPath(), key), Path.GetTempPath()),
        };

        TlsException error = Assert.ThrowsExactly<TlsException>(() => new TlsIdentity(files));

        Assert.Contains(named, error.Message);
        Assert.DoesNotContain("\n", error.Message);
    }

    [TestMethod]
    public void After_a_reload_the_next_handshake_has_the_new_certificate()
    {
        TlsIdentity identity = Identity();
        object before = identity.Current;
        _certificates.Issue("server", "new.example");

        string told = identity.Reload();

        Assert.Contains("read again: CN=new.example", told);
        Assert.AreNotSame(before, identity.Current);
    }

    [TestMethod]
    public void After_a_reload_that_fails_the_old_certificate_is_used()
    {
        TlsIdentity identity = Identity();
        object before = identity.Current;
        File.WriteAllText(_certificates.ServerFile, "half a certificate");

        string told = identity.Reload();

        Assert.Contains("the old certificate stays: ", told);
        Assert.AreSame(before, identity.Current);
    }

    [TestMethod]
    public void A_certificate_proves_its_common_name()
    {
        Assert.AreEqual("Ana", PeerCertificate.NameIn(Certificate("Ana")));
        Assert.AreEqual("Ana, CN=Bob", PeerCertificate.NameIn(Certificate("\"Ana, CN=Bob\"")));
        Assert.IsNull(PeerCertificate.NameIn(Certificate(null)));
        Assert.IsNull(PeerCertificate.NameIn(Certificate("Ana, CN=Bob")), "two names prove none");
        Assert.IsNull(PeerCertificate.NameIn(null));
    }

    private X509Certificate2 Certificate(string? name) => X509CertificateLoader.LoadCertificateFromFile(_certificates.Issue("client", name).Certificate);

    private TlsIdentity Identity() => new(new TlsFiles(_certificates.ServerFile, _certificates.ServerKeyFile));
}
