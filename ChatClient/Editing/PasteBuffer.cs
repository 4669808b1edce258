using System.Text;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>What is pasted, from the mark that begins it to the one that ends it.</summary>
internal sealed class PasteBuffer
{
    /// <summary>The most bytes kept of one paste. The rest is dropped: whoever takes it sees that it is too long.</summary>
    public const int MaxLength = 128 * 1024;

    private readonly List<byte> _bytes = [];
    private int _ofEnd; // how many bytes of the mark that ends it have come last

    private static ReadOnlySpan<byte> EndMark => "\e[201~"u8;

    /// <summary>Takes one more byte. True if it was the last of the mark that ends the paste.</summary>
    public bool Add(byte value)
    {
        if (value == EndMark[_ofEnd])
        {
            _ofEnd++;
            return _ofEnd == EndMark.Length;
        }

        // No other byte of the mark is like its first. So what came of it is text, and only this byte may begin a new one.
        Keep(EndMark[.._ofEnd]);
        _ofEnd = value == EndMark[0] ? 1 : 0;
        if (_ofEnd == 0)
        {
            Keep([value]);
        }

        return false;
    }

    /// <summary>The text, each line break a <c>\n</c>; without a mark that came in part. Begins anew.</summary>
    public string Take()
    {
        string text = Encoding.UTF8.GetString(_bytes.ToArray()).ReplaceLineEndings("\n");
        _bytes.Clear();
        _ofEnd = 0;
        return text;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Count < MaxLength)
        {
            _bytes.AddRange(bytes);
        }
    }
}
