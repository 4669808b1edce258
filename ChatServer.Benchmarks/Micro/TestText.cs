using System.Text;

namespace ThreadedChat.ChatServer.Benchmarks.Micro;

/// <summary>The kind of a text.</summary>
public enum TextKind
{
    /// <summary>Letters, digits and punctuation of English.</summary>
    Ascii,

    /// <summary>Several languages and emoji, all harmless.</summary>
    Mixed,

    /// <summary>Control characters, bidirectional controls and bytes that are not UTF-8.</summary>
    Hostile,
}

/// <summary>Texts of 150 bytes.</summary>
internal static class TestText
{
    private const int Length = 150;

    public static byte[] Ascii { get; } = Repeat("Does anyone know what we're doing on the first day of lecture? "u8);

    public static byte[] Mixed { get; } = Repeat("Olá, wie geht's? Привет! 你好 👋 ok. "u8);

    public static byte[] Hostile { get; } = Repeat([.. "\u001b[2J\u0007a\u202eb\u0085c"u8, 0xC3, 0x28, 0xFF, 0xE2, 0x82]);

    public static byte[] Of(TextKind kind) => kind switch
    {
        TextKind.Ascii => Ascii,
        TextKind.Mixed => Mixed,
        _ => Hostile,
    };

    public static string AsString(byte[] text) => Encoding.UTF8.GetString(text);

    private static byte[] Repeat(ReadOnlySpan<byte> piece)
    {
        var text = new byte[Length];
        for (int i = 0; i < Length; i++)
        {
            text[i] = piece[i % piece.Length];
        }

        return text;
    }
}
