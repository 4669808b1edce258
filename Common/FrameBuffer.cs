using System.Buffers;
using System.Diagnostics;

namespace ThreadedChat.Common;

/// <summary>
/// Puts a byte stream together into whole frames, however it was cut on the way. Receive into
/// <see cref="Free"/>, report the count with <see cref="Received"/>, work on <see cref="WholeFrames"/>,
/// then <see cref="Next"/>. One thread at a time.
/// </summary>
/// <remarks>
/// A peer that is quiet costs <see cref="SmallSize"/> bytes; one that fills the buffer in a single receive
/// gets <see cref="LargeSize"/> from a pool until its stream calms down again.
/// </remarks>
public sealed class FrameBuffer : IDisposable
{
    /// <summary>Bytes held for a quiet peer: five frames.</summary>
    public const int SmallSize = 5 * Frame.Size;

    /// <summary>Bytes lent to a peer in full flow; also the most one receive can bring.</summary>
    public const int LargeSize = 64 * 1024;

    // Not ArrayPool.Shared: that keeps an array for every thread that ever returned one.
    private static readonly ArrayPool<byte> Large = ArrayPool<byte>.Create(LargeSize, maxArraysPerBucket: 64);

    private readonly byte[] _small = new byte[SmallSize];
    private byte[] _bytes;
    private int _count;

    /// <summary>An empty buffer.</summary>
    public FrameBuffer() => _bytes = _small;

    /// <summary>Where the next receive goes; never empty.</summary>
    public Span<byte> Free => _bytes.AsSpan(_count);

    /// <summary>All whole frames received; valid until <see cref="Next"/>.</summary>
    public ReadOnlySpan<byte> WholeFrames => _bytes.AsSpan(0, _count - PartialLength);

    /// <summary>Bytes there are of the frame under way: 0 on a frame boundary, less than <see cref="Frame.Size"/>.</summary>
    public int PartialLength => _count % Frame.Size;

    /// <summary>True while the buffer is a large one, which is lent.</summary>
    public bool IsLarge => _bytes != _small;

    /// <summary>Notes that <paramref name="count"/> bytes were put at the start of <see cref="Free"/>.</summary>
    public void Received(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Free.Length);
        _count += count;
    }

    /// <summary>Forgets <see cref="WholeFrames"/> and makes room for the next receive.</summary>
    public void Next()
    {
        ReadOnlySpan<byte> partial = _bytes.AsSpan(_count - PartialLength, PartialLength);
        bool wasFilled = _count == _bytes.Length;
        byte[] next = wasFilled ? LargeOrSame() : _small;
        MoveTo(next, partial);
    }

    /// <summary>Gives a large buffer back, after <see cref="Next"/>: for who is about to wait for bytes, perhaps for long.</summary>
    public void GiveBack() => MoveTo(_small, _bytes.AsSpan(0, PartialLength));

    /// <summary>Returns what was lent; the buffer must not be used again.</summary>
    public void Dispose()
    {
        ReturnUnless(_small);
        _bytes = _small;
        _count = 0;
    }

    private void MoveTo(byte[] next, ReadOnlySpan<byte> partial)
    {
        Debug.Assert(partial.Length == PartialLength, "Whole frames are done before.");
        partial.CopyTo(next);
        ReturnUnless(next);
        _bytes = next;
        _count = partial.Length;
    }

    private byte[] LargeOrSame() => _bytes == _small ? Large.Rent(LargeSize) : _bytes;

    private void ReturnUnless(byte[] next)
    {
        if (_bytes != next && _bytes != _small)
        {
            Large.Return(_bytes);
        }
    }
}
