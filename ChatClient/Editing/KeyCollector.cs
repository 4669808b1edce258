namespace ThreadedChat.ChatClient.Editing;

/// <summary>The keys of the bytes parsed so far, in order. Adjacent text becomes one key.</summary>
internal sealed class KeyCollector
{
    private readonly TypedText _text = new();
    private readonly List<Key> _keys = [];

    public void AddText(byte value) => _text.Add(value);

    /// <summary>Adds UTF-8 that was typed.</summary>
    public void AddText(ReadOnlySpan<byte> bytes) => _text.Add(bytes);

    /// <summary>Adds a key behind the text so far; null for none.</summary>
    public void Add(Key? key)
    {
        if (key is { } known)
        {
            EndText(isEnd: true);
            _keys.Add(known);
        }
    }

    /// <summary>Makes the text so far a key.</summary>
    /// <param name="isEnd">True if no more text follows directly: then an incomplete character is replaced.</param>
    public void EndText(bool isEnd)
    {
        if (_text.Take(isEnd) is { Length: > 0 } text)
        {
            _keys.Add(new Key(KeyKind.Text, text));
        }
    }

    /// <summary>Returns all keys, and begins anew.</summary>
    public IReadOnlyList<Key> Take()
    {
        EndText(isEnd: false);
        Key[] keys = [.. _keys];
        _keys.Clear();
        return keys;
    }
}
