using System.Net;
using System.Security.Cryptography.X509Certificates;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.ChatServer.Tests.Connections;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Guard;

/// <summary>Accounts and bans together with certificates and proxies.</summary>
[TestClass]
public sealed class ProvedNameTests : IDisposable
{
    private readonly GuardFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void The_certificate_of_a_client_replaces_its_token_and_no_other_token()
    {
        using var certificates = new TestCertificates();
        _folder.Login("Ana", isModerator: true);
        _folder.Login("Bea");
        var identity = new TlsIdentity(new TlsFiles(certificates.ServerFile, certificates.ServerKeyFile, certificates.AuthorityFile));
        using var server = new TestServer(_folder.Options with { MembersOnly = true }, identity: identity);
        using X509Certificate2 own = CertificateOf(certificates, "Ana");
        using WireClient ana = TlsTestClient.Connect(server.Port, certificates.AuthorityFile, own: own);

        ana.Send("Ana", "/bans");

        Assert.AreEqual("There are no bans.", ana.Read());
        foreach ((string name, X509Certificate2? certificate) in new[] { ("Bea", own), ("Ana", null) })
        {
            using WireClient other = TlsTestClient.Connect(server.Port, certificates.AuthorityFile, own: certificate);
            other.Send(name);
            Assert.AreSequenceEqual(
                [$"The name {name} belongs to somebody. Its owner logs in with the name, a colon and the token."], other.ReadToEnd());
        }
    }

    [TestMethod]
    public void A_client_with_a_certificate_takes_its_name_over_from_a_guest_also_without_an_account()
    {
        using var certificates = new TestCertificates();
        var identity = new TlsIdentity(new TlsFiles(certificates.ServerFile, certificates.ServerKeyFile, certificates.AuthorityFile));
        using var server = new TestServer(_folder.Options with { UniqueNames = true }, identity: identity);
        using WireClient guest = TlsTestClient.Connect(server.Port, certificates.AuthorityFile);
        guest.Introduce("Ana");
        using X509Certificate2 own = CertificateOf(certificates, "Ana");
        using WireClient ana = TlsTestClient.Connect(server.Port, certificates.AuthorityFile, own: own);

        ana.Send("Ana");

        Assert.AreSequenceEqual(["You have logged in from another place. This connection ends."], guest.ReadToEnd());
        guest.Dispose();
        Assert.IsEmpty(ana.Fence());
        Assert.AreSequenceEqual(["Ana"], _folder.Names());
    }

    [TestMethod]
    public void A_ban_applies_to_the_address_that_a_proxy_names()
    {
        using var server = new TestServer(new ServerOptions { Listen = new() { TakesProxies = true }, Control = _folder.Control });
        _folder.MustDo("ban", "192.0.2.7");
        WireClient banned = server.Connect();
        WireClient other = server.Connect();

        banned.SendBytes(ProxyHeaderTests.For(IPAddress.Parse("192.0.2.7"), 1));
        other.SendBytes([.. ProxyHeaderTests.For(IPAddress.Parse("192.0.2.8"), 1), .. WireFrame.Encode("Bob")]);

        Assert.AreSequenceEqual(["You are banned from this server."], banned.ReadToEnd());
        Assert.IsEmpty(other.Fence());
        Assert.AreEqual("192.0.2.8", _folder.MustDo("who").GetProperty("clients")[0].GetProperty("address").GetString());
    }

    private static X509Certificate2 CertificateOf(TestCertificates certificates, string name)
    {
        (string certificate, string key) = certificates.Issue(name, name);
        return X509Certificate2.CreateFromPemFile(certificate, key);
    }
}
