namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// Segments of frames that are to be sent, in order, and how much of them was sent. A segment is shared with the lists of other
/// clients and never copied here, except into a send that gathers several. No lock of its own: see <see cref="SendQueue"/>.
/// </summary>
/// <param name="allocate">Makes the array for so many segments; tests have one that fails.</param>
internal sealed class SegmentList(Func<int, ReadOnlyMemory<byte>[]>? allocate = null)
{
    /// <summary>A list with space for this many keeps it.</summary>
    private const int Small = 16;

    private ReadOnlyMemory<byte>[] _segments = [];
    private int _count;
    private int _index;
    private int _offset;

    /// <summary>True when everything was sent.</summary>
    public bool IsEmpty => _index == _count;

    /// <summary>How many segments it has, those that were sent since it was empty included.</summary>
    public int Count => _count;

    /// <summary>How many segments there is space for.</summary>
    public int Capacity => _segments.Length;

    /// <summary>Adds a segment at the end. False if there is no memory for it: then nothing has changed.</summary>
    public bool TryAdd(ReadOnlyMemory<byte> segment)
    {
        if (_count == _segments.Length && !TryGrow())
        {
            return false;
        }

        _segments[_count++] = segment;
        return true;
    }

    /// <summary>Drops everything.</summary>
    public void Clear()
    {
        Array.Clear(_segments, _index, _count - _index);
        _count = 0;
        _index = 0;
        _offset = 0;
    }

    /// <summary>Releases the space that a burst has used. The list is empty.</summary>
    public void ReleaseUnused()
    {
        if (_segments.Length > Small && IsEmpty)
        {
            _segments = [];
        }
    }

    /// <summary>
    /// The next bytes to send, of a list that is not empty: the first segment as it is, if it is alone or fills
    /// <paramref name="gather"/>; else a copy of as much as that holds.
    /// </summary>
    public ReadOnlySpan<byte> Next(Span<byte> gather)
    {
        ReadOnlySpan<byte> first = _segments[_index].Span[_offset..];
        if (_index == _count - 1 || first.Length >= gather.Length)
        {
            return first[..Math.Min(first.Length, gather.Length)];
        }

        first.CopyTo(gather);
        int length = first.Length;
        for (int i = _index + 1; i < _count && length < gather.Length; i++)
        {
            ReadOnlySpan<byte> segment = _segments[i].Span;
            segment = segment[..Math.Min(segment.Length, gather.Length - length)];
            segment.CopyTo(gather[length..]);
            length += segment.Length;
        }

        return gather[..length];
    }

    /// <summary>Moves on by <paramref name="count"/> bytes, which may end inside a segment.</summary>
    public void Advance(int count)
    {
        _offset += count;
        while (!IsEmpty && _offset >= _segments[_index].Length)
        {
            _offset -= _segments[_index].Length;
            _segments[_index] = default; // its memory is free once no other list holds it
            _index++;
        }

        if (IsEmpty)
        {
            Clear();
        }
    }

    private bool TryGrow()
    {
        try
        {
            int length = Math.Max(4, _segments.Length * 2);
            ReadOnlyMemory<byte>[] segments = allocate is null ? new ReadOnlyMemory<byte>[length] : allocate(length);
            Array.Copy(_segments, segments, _count);
            _segments = segments;
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }
}
