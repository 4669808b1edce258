using System.Buffers;
using System.Text;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.Common;

/// <summary>
/// Removes what a text must not send to another user's terminal (docs/protocol.md, section 4). The server cleans what it delivers. The
/// client cleans what it prints, because its server may be another implementation.
/// </summary>
public static class TextCleaner
{
    /// <summary>
    /// Copies <paramref name="source"/> into <paramref name="destination"/>, cleaned: a C0 control or
    /// DEL becomes a space; C1 controls, U+2028, U+2029 and the twelve Bidi_Control characters are discarded; a
    /// byte that is not part of valid UTF-8 becomes <c>?</c>; everything else is unchanged.
    /// </summary>
    /// <param name="source">Any bytes of a peer.</param>
    /// <param name="destination">At least as long as <paramref name="source"/>: cleaning never makes a text longer.</param>
    /// <param name="keepLineBreaks">Keeps <c>\n</c>, for the lines of an answer to <c>/list</c>.</param>
    /// <returns>The number of bytes written: valid UTF-8, at most the length of <paramref name="source"/>.</returns>
    public static int Clean(ReadOnlySpan<byte> source, Span<byte> destination, bool keepLineBreaks = false)
    {
        if (!source.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            source.CopyTo(destination);
            return source.Length;
        }

        int written = 0;
        while (!source.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(source, out Rune rune, out int length);
            ReadOnlySpan<byte> character = source[..length];
            source = source[length..];
            Span<byte> rest = destination[written..];

            if (status != OperationStatus.Done)
            {
                rest[..length].Fill((byte)'?');
                written += length;
            }
            else if (IsPlain(rune) || (keepLineBreaks && rune.Value == '\n'))
            {
                character.CopyTo(rest);
                written += length;
            }
            else if (rune.IsAscii)
            {
                rest[0] = (byte)' ';
                written++;
            }
        }

        return written;
    }

    /// <summary>A new array with <paramref name="source"/> cleaned as <see cref="Clean(ReadOnlySpan{byte}, Span{byte}, bool)"/> does.</summary>
    public static byte[] Clean(ReadOnlySpan<byte> source, bool keepLineBreaks = false)
    {
        var cleaned = new byte[source.Length];
        Array.Resize(ref cleaned, Clean(source, cleaned, keepLineBreaks));
        return cleaned;
    }

    /// <summary>
    /// True if <see cref="Clean(ReadOnlySpan{byte}, Span{byte}, bool)"/> would leave <paramref name="text"/> as it is: valid UTF-8 without a
    /// character that it replaces or discards. Allocates nothing.
    /// </summary>
    public static bool IsClean(ReadOnlySpan<byte> text)
    {
        for (int next; (next = text.IndexOfAnyExceptInRange((byte)' ', (byte)'~')) >= 0;)
        {
            text = text[next..];
            if (Rune.DecodeFromUtf8(text, out Rune rune, out int length) != OperationStatus.Done || !IsPlain(rune))
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    private static bool IsPlain(Rune rune) => rune.Value switch
    {
        < 0x20 or 0x7F => false, // C0 controls and DEL
        >= 0x80 and <= 0x9F => false, // C1 controls
        0x2028 or 0x2029 => false, // line and paragraph separator
        _ => !Characters.IsBidiControl(rune),
    };
}
