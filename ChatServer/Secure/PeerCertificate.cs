using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace ThreadedChat.ChatServer.Secure;

/// <summary>What a verified certificate of a client says.</summary>
internal static class PeerCertificate
{
    private const string CommonName = "2.5.4.3";

    /// <summary>The common name of its subject; null if there is none, or more than one.</summary>
    public static string? NameIn(X509Certificate? certificate)
    {
        if (certificate is not X509Certificate2 known)
        {
            return null;
        }

        string?[] names =
        [
            .. known.SubjectName.EnumerateRelativeDistinguishedNames()
                .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == CommonName)
                .Select(TextOf),
        ];
        return names is [string name] ? name : null;
    }

    /// <summary>The text exactly as it was signed; null if it ends with a NUL, which .NET removes: the certificate is then for another name.</summary>
    private static string? TextOf(X500RelativeDistinguishedName part)
    {
        AsnReader element = new AsnReader(part.RawData, AsnEncodingRules.BER).ReadSetOf().ReadSequence();
        element.ReadObjectIdentifier();
        bool hasWideLetters = element.PeekTag().HasSameClassAndValue(new Asn1Tag(UniversalTagNumber.BMPString));
        ReadOnlySpan<byte> bytes = element.PeekContentBytes().Span;
        bool endsWithNul = hasWideLetters ? bytes is [.., 0, 0] : bytes is [.., 0];
        return endsWithNul ? null : part.GetSingleElementValue();
    }
}
