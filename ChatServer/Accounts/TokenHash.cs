using System.Security.Cryptography;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Accounts;

/// <summary>
/// The SHA-256 of a token. A fast hash is enough: nobody can try 2^128 tokens. Compared in constant time, so that the time of an answer shows nothing
/// about how much of a token was right.
/// </summary>
internal sealed class TokenHash
{
    private readonly byte[] _hash;

    private TokenHash(byte[] hash) => _hash = hash;

    /// <summary>The hash of a token as it is written; null if it is no token.</summary>
    public static TokenHash? OfToken(string token)
    {
        Span<byte> bytes = stackalloc byte[AccountToken.Size];
        return AccountToken.TryParse(token, bytes) ? new TokenHash(SHA256.HashData(bytes)) : null;
    }

    /// <summary>Reads what <see cref="ToString"/> has written; null if it is something else.</summary>
    public static TokenHash? Parse(string text)
    {
        try
        {
            byte[] hash = Convert.FromHexString(text);
            return hash.Length == SHA256.HashSizeInBytes ? new TokenHash(hash) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>True if both are of one token.</summary>
    public bool IsSame(TokenHash other) => CryptographicOperations.FixedTimeEquals(_hash, other._hash);

    /// <summary>64 hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(_hash);
}
