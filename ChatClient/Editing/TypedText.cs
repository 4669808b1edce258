using System.Runtime.InteropServices;
using System.Text;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>Makes text of bytes in UTF-8, of which a character may come in parts. What is not valid reads as U+FFFD.</summary>
internal sealed class TypedText
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly List<byte> _bytes = [];

    public void Add(byte value) => _bytes.Add(value);

    public void Add(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    /// <summary>What was added since the last time.</summary>
    /// <param name="isEnd">True if no more text follows directly: then a character that came in part stays so.</param>
    public string Take(bool isEnd)
    {
        Span<byte> bytes = CollectionsMarshal.AsSpan(_bytes);
        var characters = new char[_decoder.GetCharCount(bytes, isEnd)];
        int count = _decoder.GetChars(bytes, characters, isEnd);
        _bytes.Clear();
        return new string(characters, 0, count);
    }
}
