namespace ThreadedChat.Common;

/// <summary>Cuts UTF-8 text between characters.</summary>
public static class Utf8
{
    /// <summary>
    /// The length of the longest beginning of <paramref name="utf8"/> that has at most
    /// <paramref name="maxBytes"/> bytes and ends between two characters.
    /// </summary>
    public static int CutAtMost(ReadOnlySpan<byte> utf8, int maxBytes)
    {
        if (utf8.Length <= maxBytes)
        {
            return utf8.Length;
        }

        int cut = maxBytes;
        while (cut > 0 && IsContinuation(utf8[cut]))
        {
            cut--;
        }

        return cut;
    }

    /// <summary>True for the second and later bytes of a character: <c>10xxxxxx</c>.</summary>
    private static bool IsContinuation(byte value) => (value & 0xC0) == 0x80;
}
