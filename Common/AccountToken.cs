using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ThreadedChat.Common;

/// <summary>
/// The secret of an account: 128 random bits, written as 26 letters and digits in groups of four (<c>k7m2-p9qx-…</c>). It stands in the
/// first frame behind the name and a colon. The alphabet is Crockford's base 32: no letter looks like a digit.
/// </summary>
public static class AccountToken
{
    /// <summary>Bytes of a token.</summary>
    public const int Size = 16;

    /// <summary>Stands between a name and a token.</summary>
    public const char Separator = ':';

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int BitsOfDigit = 5;
    private const int DigitCount = 26;
    private const int GroupLength = 4;

    /// <summary>The last digit has only three bits of the token; its others are 0.</summary>
    private const int UnusedBits = (DigitCount * BitsOfDigit) - (Size * 8);

    /// <summary>A new token, as it is written.</summary>
    public static string New()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        return Format(bytes);
    }

    /// <summary><paramref name="token"/>, <see cref="Size"/> bytes, as it is written.</summary>
    public static string Format(ReadOnlySpan<byte> token)
    {
        UInt128 bits = BinaryPrimitives.ReadUInt128BigEndian(token);
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < DigitCount; i++)
        {
            int shift = (Size * 8) - (BitsOfDigit * (i + 1));
            UInt128 shifted = shift >= 0 ? bits >> shift : bits << -shift;
            text.Append(i > 0 && i % GroupLength == 0 ? "-" : "").Append(Alphabet[(int)(shifted & 31)]);
        }

        return text.ToString();
    }

    /// <summary>
    /// Reads what somebody has typed: capitals and small letters, with or without hyphens; i and l count as 1, o as 0. False if it is
    /// no token. Writes <see cref="Size"/> bytes to <paramref name="token"/>.
    /// </summary>
    public static bool TryParse(string text, Span<byte> token)
    {
        UInt128 bits = 0;
        int count = 0;
        foreach (char typed in text)
        {
            if (typed == '-')
            {
                continue;
            }

            int digit = Digit(typed);
            if (digit < 0 || ++count > DigitCount)
            {
                return false;
            }

            bool isLast = count == DigitCount;
            if (isLast && (digit & ((1 << UnusedBits) - 1)) != 0)
            {
                return false;
            }

            bits = isLast ? (bits << (BitsOfDigit - UnusedBits)) | (UInt128)(digit >> UnusedBits) : (bits << BitsOfDigit) | (UInt128)digit;
        }

        BinaryPrimitives.WriteUInt128BigEndian(token, bits);
        return count == DigitCount;
    }

    /// <summary>Replaces each byte behind the colon of a first frame by a star, except the padding.</summary>
    public static void Hide(Span<byte> frame)
    {
        int colon = frame.IndexOf((byte)Separator);
        if (colon >= 0)
        {
            Span<byte> token = frame[(colon + 1)..];
            token[..(token.LastIndexOfAnyExcept(Frame.Padding) + 1)].Fill((byte)'*');
        }
    }

    /// <summary>True if <paramref name="text"/> has the form of a token.</summary>
    public static bool IsToken(string text)
    {
        Span<byte> token = stackalloc byte[Size];
        return TryParse(text, token);
    }

    private static int Digit(char typed) => char.ToLowerInvariant(typed) switch
    {
        'i' or 'l' => 1,
        'o' => 0,
        var letter => Alphabet.IndexOf(letter, StringComparison.Ordinal),
    };
}
