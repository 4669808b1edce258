namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// A list of participants that releases memory when it has become much shorter. No lock of its own: see <see cref="Channel"/>.
/// </summary>
internal sealed class MemberList
{
    /// <summary>A list with space for this many keeps it.</summary>
    private const int Small = 64;

    private Participant[] _items = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public int Capacity => _items.Length;

    /// <summary>All of them, in the order in which they came; valid until the next change.</summary>
    public ReadOnlySpan<Participant> Span => _items.AsSpan(0, Count);

    /// <summary>The one at <paramref name="index"/>.</summary>
    public Participant this[int index] => _items[index];

    /// <summary>Their names, in the same order.</summary>
    public string[] Names()
    {
        var names = new string[Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = _items[i].Name;
        }

        return names;
    }

    /// <summary>Makes space for this many. The only step that needs memory.</summary>
    public void EnsureCapacity(int count)
    {
        if (count > _items.Length)
        {
            Array.Resize(ref _items, Math.Max(count, Math.Max(4, _items.Length * 2)));
        }
    }

    /// <summary>Adds one at the end.</summary>
    public void Add(Participant item)
    {
        EnsureCapacity(Count + 1);
        _items[Count++] = item;
    }

    /// <summary>Removes one, if it is there. The others keep their order.</summary>
    public void Remove(Participant item)
    {
        int index = Array.IndexOf(_items, item, 0, Count);
        if (index >= 0)
        {
            RemoveAt(index);
        }
    }

    /// <summary>Removes the one at <paramref name="index"/>. The others keep their order.</summary>
    public void RemoveAt(int index)
    {
        Count--;
        Array.Copy(_items, index + 1, _items, index, Count - index);
        _items[Count] = null!;
    }

    /// <summary>
    /// Releases half of the space if less than a quarter of it is used, and less than a quarter is needed for
    /// <paramref name="needed"/> members. Without memory for the shorter list, nothing changes.
    /// </summary>
    public void ReleaseUnused(int needed = 0)
    {
        if (_items.Length <= Small || Math.Max(Count, needed) > _items.Length / 4)
        {
            return;
        }

        try
        {
            Array.Resize(ref _items, _items.Length / 2);
        }
        catch (OutOfMemoryException)
        {
            // There is no memory for a shorter list now. The next call tries again.
        }
    }
}
