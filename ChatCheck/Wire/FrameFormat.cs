using System.Text;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>
/// The fixed-length message of the assignment. Written down here a second time on purpose: the checker must not take the
/// definition from the code that it checks.
/// </summary>
internal static class FrameFormat
{
    public const int Size = 200;

    /// <summary>One frame: the text in UTF-8, cut between characters if it is too long, padded with spaces.</summary>
    public static byte[] Encode(string text) => Pad(Encoding.UTF8.GetBytes(Truncate(text, Size)));

    /// <summary>A frame that begins with <paramref name="bytes"/>, which must fit.</summary>
    public static byte[] Pad(ReadOnlySpan<byte> bytes)
    {
        var frame = new byte[Size];
        frame.AsSpan().Fill((byte)' ');
        bytes.CopyTo(frame);
        return frame;
    }

    /// <summary>As many whole characters of the text as fit into this number of bytes.</summary>
    public static string Truncate(string text, int maxBytes)
    {
        var kept = new StringBuilder(text.Length);
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            length += rune.Utf8SequenceLength;
            if (length > maxBytes)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.ToString();
    }
}
