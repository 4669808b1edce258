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
                .Select(part => part.GetSingleElementValue()),
        ];
        return names is [string name] ? name : null;
    }
}
