using System.Text;
using CsCheck;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>Texts and bytes for the property tests.</summary>
internal static class Texts
{
    /// <summary>UTF-8 that throws on anything that is not.</summary>
    public static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Characters as seen, of every length in UTF-8, the longest of 18 bytes.</summary>
    public static readonly Gen<string> Grapheme = Gen.Frequency(
        (8, Gen.Char['a', 'z'].Select(letter => letter.ToString())),
        (3, Gen.Const(" ")),
        (1, Gen.OneOf("/", "\t", "\n", "[", "]", "\0", "\u001b")),
        (2, Gen.OneOf("ß", "é", "Ж", "\u00a0", "\u0085")),
        (2, Gen.OneOf("€", "漢", "\ufeff", "\u2028", "\u202e")),
        (2, Gen.OneOf("😀", "🇩🇪", "e\u0301", "👩‍👩‍👧")));

    /// <summary>Ordinary and hostile text, always valid.</summary>
    public static readonly Gen<string> Any = Of(0, 300);

    /// <summary>Strings in which there may be half surrogate pairs.</summary>
    public static readonly Gen<string> WithLoneSurrogates =
        Gen.Frequency((5, Grapheme), (1, Gen.Char['\ud800', '\udfff'].Select(half => half.ToString())))
            .Array[0, 300].Select(string.Concat);

    /// <summary>Bytes that only a faulty or hostile client sends: noise, parts of characters, and text between them.</summary>
    public static readonly Gen<byte[]> HostileBytes =
        Gen.Frequency<byte[]>(
            (3, Gen.Byte.Array[0, 6]),
            (2, Gen.Byte[0x80, 0xff].Array[1, 4]),
            (2, Grapheme.Select(Strict.GetBytes)),
            (2, Grapheme.Select(Strict.GetBytes).Select(Gen.Int[0, 3], (bytes, cut) => bytes[Math.Min(cut, bytes.Length)..])))
            .Array[0, 60].Select(pieces => pieces.SelectMany(piece => piece).ToArray());

    /// <summary>Texts of <paramref name="min"/> to <paramref name="max"/> graphemes.</summary>
    public static Gen<string> Of(int min, int max) => Grapheme.Array[min, max].Select(string.Concat);

    /// <summary>The length of <paramref name="text"/> on the wire.</summary>
    public static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
