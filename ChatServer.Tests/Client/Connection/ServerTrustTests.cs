using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Client.Connection;

/// <summary>Whether the client trusts a server, and what it remembers of it.</summary>
[TestClass]
public sealed class ServerTrustTests : IDisposable
{
    private const SslPolicyErrors Unknown = SslPolicyErrors.RemoteCertificateChainErrors;

    private readonly TestCertificates _certificates = new();

    private string File => _certificates.PathOf("state/known_hosts");

    public void Dispose() => _certificates.Dispose();

    [TestMethod]
    public void A_new_server_is_trusted_and_remembered_by_its_key()
    {
        X509Certificate2 certificate = Certificate("one");

        ServerTrust first = Ask(certificate, Unknown);
        ServerTrust again = Ask(certificate, Unknown);

        Assert.Contains("chat.example:55555 is new", first.News!);
        Assert.IsNull(again.News);
        Assert.IsNull(again.Rejection);
        Assert.AreEqual($"[chat.example]:55555 {KnownHosts.KeyOf(certificate)}\n", System.IO.File.ReadAllText(File));
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [TestMethod]
    public void A_changed_key_is_rejected_with_a_line_that_says_what_to_do()
    {
        Ask(Certificate("other"), Unknown, host: "other.example");
        Ask(Certificate("one"), Unknown);

        ServerTrust changed = Ask(Certificate("two"), Unknown);

        Assert.Contains("The key of chat.example:55555 has changed", changed.Rejection!);
        Assert.Contains($"remove line 2 of {File}", changed.Rejection!);
        Assert.DoesNotContain("\n", changed.Rejection!);
    }

    [TestMethod]
    [DataRow("other.example", 55555)]
    [DataRow("chat.example", 55556)]
    public void Another_host_or_port_is_another_server(string host, int port)
    {
        Ask(Certificate("one"), Unknown);

        ServerTrust other = Ask(Certificate("two"), Unknown, host, port);

        Assert.IsNull(other.Rejection);
        Assert.IsNotNull(other.News);
    }

    [TestMethod]
    public void The_case_of_a_host_does_not_count()
    {
        Ask(Certificate("one"), Unknown);

        Assert.IsNotNull(Ask(Certificate("two"), Unknown, host: "Chat.Example").Rejection);
    }

    [TestMethod]
    public void A_server_that_an_authority_vouches_for_may_have_any_key_but_must_keep_the_authority()
    {
        Assert.IsNull(Ask(Certificate("one"), SslPolicyErrors.None).News);
        Assert.IsNull(Ask(Certificate("two"), SslPolicyErrors.None).Rejection);

        ServerTrust unproved = Ask(Certificate("two"), Unknown);

        Assert.Contains("An authority vouched for chat.example:55555 before", unproved.Rejection!);
    }

    [TestMethod]
    public void A_server_with_a_known_key_may_get_a_certificate_of_an_authority()
    {
        Ask(Certificate("one"), Unknown);

        Assert.IsNull(Ask(Certificate("two"), SslPolicyErrors.None).Rejection);
    }

    [TestMethod]
    [DataRow(Unknown, "No authority in ca.pem vouches for chat.example:55555.")]
    [DataRow(SslPolicyErrors.RemoteCertificateNameMismatch, "The certificate of chat.example:55555 is for another name than chat.example.")]
    public void With_authorities_of_the_user_no_other_authority_is_trusted(SslPolicyErrors errors, string rejection)
    {
        X509Certificate2 certificate = Certificate("one");
        Ask(certificate, Unknown); // known

        ServerTrust trust = Ask(certificate, errors, authorities: "ca.pem");

        Assert.AreEqual(rejection, trust.Rejection);
        Assert.IsNull(Ask(Certificate("two"), SslPolicyErrors.None, authorities: "ca.pem").Rejection);
    }

    [TestMethod]
    public void A_server_without_a_certificate_is_rejected() => Assert.IsNotNull(Ask(null, SslPolicyErrors.RemoteCertificateNotAvailable).Rejection);

    [TestMethod]
    public void Lines_that_are_no_such_lines_are_skipped()
    {
        X509Certificate2 certificate = Certificate("one");
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, $"# my servers\n\n[chat.example]:55555\n\0\n[chat.example]:55555   {KnownHosts.KeyOf(certificate)}\n");

        Assert.IsNull(Ask(certificate, Unknown).News);
        Assert.Contains("line 5", Ask(Certificate("two"), Unknown).Rejection!);
    }

    [TestMethod]
    public void If_the_file_cannot_be_written_the_server_is_trusted_and_the_user_gets_a_line()
    {
        System.IO.File.WriteAllText(_certificates.PathOf("state"), "a file in place of the folder");

        ServerTrust trust = Ask(Certificate("one"), Unknown);

        Assert.IsNull(trust.Rejection);
        Assert.Contains("cannot be remembered", trust.News!);
    }

    [TestMethod]
    public void If_the_file_cannot_be_read_no_server_is_trusted()
    {
        Directory.CreateDirectory(File);

        Assert.Contains("Cannot read the known servers", Ask(Certificate("one"), Unknown).Rejection!);
    }

    private ServerTrust Ask(
        X509Certificate2? certificate, SslPolicyErrors errors, string host = "chat.example", int port = 55555, string? authorities = null)
    {
        var trust = new ServerTrust(host, port, authorities, new KnownHosts(File));
        bool isTrusted = trust.Accepts(certificate, errors);
        Assert.AreEqual(isTrusted, trust.Rejection is null);
        return trust;
    }

    private X509Certificate2 Certificate(string file) => X509CertificateLoader.LoadCertificateFromFile(_certificates.Issue(file, file).Certificate);
}
