using System.Runtime.InteropServices;
using System.Text;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>Decodes UTF-8 that arrives in pieces. Invalid bytes become U+FFFD.</summary>
internal sealed class TypedText
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly List<byte> _bytes = [];

    public void Add(byte value) => _bytes.Add(value);

    public void Add(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    /// <summary>The text added since the last call.</summary>
    /// <param name="isEnd">True if no more text follows directly: then an incomplete character is replaced.</param>
    public string Take(bool isEnd)
    {
        Span<byte> bytes = CollectionsMarshal.AsSpan(_bytes);
        var characters = new char[_decoder.GetCharCount(bytes, isEnd)];
        int count = _decoder.GetChars(bytes, characters, isEnd);
        _bytes.Clear();
        return new string(characters, 0, count);
    }
}
