namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// Runs of frames on their way out, in order, and how far they have gone. A run is shared with other clients' lists and is
/// never copied here, but for a send that gathers several. No lock of its own: see <see cref="SendQueue"/>.
/// </summary>
/// <param name="allocate">Makes the array for so many runs; tests have one that fails.</param>
internal sealed class SegmentList(Func<int, ReadOnlyMemory<byte>[]>? allocate = null)
{
    /// <summary>Places that are kept in any case.</summary>
    private const int Small = 16;

    private ReadOnlyMemory<byte>[] _runs = [];
    private int _count;
    private int _index;
    private int _offset;

    /// <summary>True when all has gone.</summary>
    public bool IsEmpty => _index == _count;

    /// <summary>How many runs there is room for.</summary>
    public int Capacity => _runs.Length;

    /// <summary>Adds a run at the end. False where there is no memory for it: then nothing has changed.</summary>
    public bool TryAdd(ReadOnlyMemory<byte> run)
    {
        if (_count == _runs.Length && !TryGrow())
        {
            return false;
        }

        _runs[_count++] = run;
        return true;
    }

    /// <summary>Drops all.</summary>
    public void Clear()
    {
        Array.Clear(_runs, _index, _count - _index);
        _count = 0;
        _index = 0;
        _offset = 0;
    }

    /// <summary>Gives back the room that a burst has made, of a list that is empty.</summary>
    public void ReleaseUnused()
    {
        if (_runs.Length > Small && IsEmpty)
        {
            _runs = [];
        }
    }

    /// <summary>
    /// The next bytes to go, of a list that is not empty: the first run as it is if it is alone or fills
    /// <paramref name="gather"/>, else a copy of as much as that holds.
    /// </summary>
    public ReadOnlySpan<byte> Next(Span<byte> gather)
    {
        ReadOnlySpan<byte> first = _runs[_index].Span[_offset..];
        if (_index == _count - 1 || first.Length >= gather.Length)
        {
            return first[..Math.Min(first.Length, gather.Length)];
        }

        first.CopyTo(gather);
        int length = first.Length;
        for (int i = _index + 1; i < _count && length < gather.Length; i++)
        {
            ReadOnlySpan<byte> run = _runs[i].Span;
            run = run[..Math.Min(run.Length, gather.Length - length)];
            run.CopyTo(gather[length..]);
            length += run.Length;
        }

        return gather[..length];
    }

    /// <summary>Moves on by <paramref name="count"/> bytes, wherever in a run that ends.</summary>
    public void Advance(int count)
    {
        _offset += count;
        while (!IsEmpty && _offset >= _runs[_index].Length)
        {
            _offset -= _runs[_index].Length;
            _runs[_index] = default; // its memory is free as soon as nobody else has it
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
            int length = Math.Max(4, _runs.Length * 2);
            ReadOnlyMemory<byte>[] runs = allocate is null ? new ReadOnlyMemory<byte>[length] : allocate(length);
            Array.Copy(_runs, runs, _count);
            _runs = runs;
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }
}
