using System.Runtime.InteropServices;
using System.Text;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>What has come of a sequence between its beginning and its end.</summary>
internal sealed class SequenceBuffer
{
    // No parameters that mean anything here are longer, and nobody types so much in one go.
    private const int MaxLength = 4 * 1024;

    private readonly List<byte> _bytes = [];

    /// <summary>Parameters and intermediates.</summary>
    public string Parameters => Encoding.ASCII.GetString(_bytes.ToArray());

    /// <summary>What may have been typed: nothing, if it is longer than anybody types.</summary>
    public ReadOnlySpan<byte> Typed => _bytes.Count <= MaxLength ? CollectionsMarshal.AsSpan(_bytes) : [];

    public void Clear() => _bytes.Clear();

    public void Add(byte value)
    {
        if (_bytes.Count <= MaxLength) // one too many tells
        {
            _bytes.Add(value);
        }
    }
}
