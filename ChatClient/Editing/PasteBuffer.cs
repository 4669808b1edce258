using System.Text;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>The text of a bracketed paste, from its start mark to its end mark.</summary>
internal sealed class PasteBuffer
{
    /// <summary>The most bytes kept of one paste. The rest is discarded; the line editor rejects such a long text anyway.</summary>
    public const int MaxLength = 128 * 1024;

    private static readonly byte[] EndMark = Encoding.ASCII.GetBytes(EscapeSequences.PasteEnd);

    private readonly List<byte> _bytes = [];
    private int _ofEnd; // how many bytes of the end mark have been received last

    /// <summary>Adds a byte. True if it completes the end mark.</summary>
    public bool Add(byte value)
    {
        if (value == EndMark[_ofEnd])
        {
            _ofEnd++;
            return _ofEnd == EndMark.Length;
        }

        // The first byte of the mark occurs in it only once. So the bytes before are text, and only this byte may start a new mark.
        Keep(EndMark.AsSpan(0, _ofEnd));
        _ofEnd = value == EndMark[0] ? 1 : 0;
        if (_ofEnd == 0)
        {
            Keep([value]);
        }

        return false;
    }

    /// <summary>Returns the text, with <c>\n</c> for each line break and without an incomplete end mark, and clears the buffer.</summary>
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
