using System.Buffers;
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

    // What makes a word look like a token of which some digits may be missing: letters and digits, groups of four, and how often a letter follows
    // a digit within a group, or a digit a letter.
    private const int LeastDigits = 20;
    private const int LeastGroups = 5;
    private const int LeastChanges = 4;

    /// <summary>The last digit has only three bits of the token; its others are 0.</summary>
    private const int UnusedBits = (DigitCount * BitsOfDigit) - (Size * 8);

    private static readonly SearchValues<byte> WordBytes = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-"u8);

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

    /// <summary>
    /// Where the secret part of a first frame begins: behind the first colon, or, if that comes first, at a word that looks like a token which
    /// was typed without the colon, in another order or with a mistake. -1 if the frame has neither.
    /// </summary>
    public static int FindSecret(ReadOnlySpan<byte> frame)
    {
        int colon = frame.IndexOf((byte)Separator);
        int word = FindTokenLikeWord(colon < 0 ? frame : frame[..colon]);
        return word >= 0 ? word : colon >= 0 ? colon + 1 : -1;
    }

    /// <summary>Replaces each byte of the secret part of a first frame by a star, except the padding.</summary>
    public static void Hide(Span<byte> frame)
    {
        int secret = FindSecret(frame);
        if (secret >= 0)
        {
            Span<byte> token = frame[secret..];
            token[..(token.LastIndexOfAnyExcept(Frame.Padding) + 1)].Fill((byte)'*');
        }
    }

    /// <summary>True if <paramref name="text"/> has the form of a token.</summary>
    public static bool IsToken(string text)
    {
        Span<byte> token = stackalloc byte[Size];
        return TryParse(text, token);
    }

    /// <summary>The start of the first word of ASCII letters, digits and hyphens that looks like a token; -1 if none does.</summary>
    private static int FindTokenLikeWord(ReadOnlySpan<byte> text)
    {
        int start = 0;
        while (start < text.Length)
        {
            int length = text[start..].IndexOfAnyExcept(WordBytes);
            ReadOnlySpan<byte> word = length < 0 ? text[start..] : text.Slice(start, length);
            if (LooksLikeToken(word))
            {
                return start;
            }

            start += word.Length + 1;
        }

        return -1;
    }

    /// <summary>
    /// A token is written in groups of four with digits in them. Without the groups, letters and digits follow each other often (in all but one of
    /// a thousand tokens). Names have neither.
    /// </summary>
    private static bool LooksLikeToken(ReadOnlySpan<byte> word)
    {
        int count = 0;
        int changes = 0;
        int groups = 0;
        bool hasDigit = false;
        foreach (Range part in word.Split((byte)'-'))
        {
            ReadOnlySpan<byte> group = word[part];
            count += group.Length;
            groups += group.Length == GroupLength ? 1 : 0;
            hasDigit |= group.ContainsAnyInRange((byte)'0', (byte)'9');
            for (int i = 1; i < group.Length; i++)
            {
                changes += char.IsAsciiDigit((char)group[i]) != char.IsAsciiDigit((char)group[i - 1]) ? 1 : 0;
            }
        }

        return count >= LeastDigits && ((groups >= LeastGroups && hasDigit) || changes >= LeastChanges);
    }

    private static int Digit(char typed) => char.ToLowerInvariant(typed) switch
    {
        'i' or 'l' => 1,
        'o' => 0,
        var letter => Alphabet.IndexOf(letter, StringComparison.Ordinal),
    };
}
