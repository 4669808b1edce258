using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Secure;

/// <summary>Which names a certificate proves, from its bytes to the login.</summary>
[TestClass]
public sealed class PeerCertificateTests : IDisposable
{
    private readonly GuardFolder _folder = new();
    private readonly Logins _logins;

    public PeerCertificateTests()
    {
        _folder.Login("Mod", isModerator: true);
        _logins = new Logins(new AccountBook(_folder.Accounts), new FailureLimit(TimeProvider.System));
    }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow(UniversalTagNumber.UTF8String)]
    [DataRow(UniversalTagNumber.BMPString)]
    [DataRow(UniversalTagNumber.PrintableString)]
    [DataRow(UniversalTagNumber.T61String)]
    public void A_certificate_with_exactly_the_name_proves_it(UniversalTagNumber type)
    {
        Assert.IsTrue(Proves("Mod", type));
    }

    [TestMethod]
    [DataRow("Mod\0", UniversalTagNumber.UTF8String, DisplayName = "a NUL")]
    [DataRow("Mod\0", UniversalTagNumber.BMPString, DisplayName = "a NUL of two bytes")]
    [DataRow("Mod\0", UniversalTagNumber.IA5String, DisplayName = "a NUL in ASCII")]
    [DataRow("Mod\0evil", UniversalTagNumber.UTF8String, DisplayName = "a NUL inside")]
    [DataRow("\0Mod", UniversalTagNumber.UTF8String, DisplayName = "a NUL in front")]
    [DataRow("Mod\u200b", UniversalTagNumber.UTF8String, DisplayName = "a space without width")]
    [DataRow("Mod\u200b", UniversalTagNumber.BMPString, DisplayName = "a space without width, of two bytes")]
    [DataRow("Mod ", UniversalTagNumber.UTF8String, DisplayName = "a blank at the end")]
    [DataRow(" Mod", UniversalTagNumber.UTF8String, DisplayName = "a blank in front")]
    public void A_certificate_with_a_name_that_only_looks_the_same_proves_nothing(string commonName, UniversalTagNumber type)
    {
        Assert.IsFalse(Proves(commonName, type));
    }

    private bool Proves(string commonName, UniversalTagNumber type)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject(commonName, type), key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return _logins.Decide("Mod", token: null, PeerCertificate.NameIn(certificate), IPAddress.Loopback).IsAuthenticated;
    }

    private static X500DistinguishedName Subject(string commonName, UniversalTagNumber type)
    {
        var name = new AsnWriter(AsnEncodingRules.DER);
        using (name.PushSequence())
        using (name.PushSetOf())
        using (name.PushSequence())
        {
            name.WriteObjectIdentifier("2.5.4.3");
            name.WriteCharacterString(type, commonName);
        }

        return new X500DistinguishedName(name.Encode());
    }
}
