using System.Runtime.InteropServices;
using System.Text;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>The bytes of an unfinished sequence.</summary>
internal sealed class SequenceBuffer
{
    // No useful parameters are longer, and no user types so much at once.
    private const int MaxLength = 4 * 1024;

    private readonly List<byte> _bytes = [];

    /// <summary>Parameters and intermediates.</summary>
    public string Parameters => Encoding.ASCII.GetString(_bytes.ToArray());

    /// <summary>The bytes as typed text; empty if they are too many to have been typed.</summary>
    public ReadOnlySpan<byte> Typed => _bytes.Count <= MaxLength ? CollectionsMarshal.AsSpan(_bytes) : [];

    public void Clear() => _bytes.Clear();

    public void Add(byte value)
    {
        if (_bytes.Count <= MaxLength) // one more marks the overflow
        {
            _bytes.Add(value);
        }
    }
}
