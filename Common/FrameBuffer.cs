using System.Buffers;
using System.Diagnostics;

namespace ThreadedChat.Common;

/// <summary>
/// Assembles frames from a byte stream that arrives in any pieces. Receive into <see cref="FreeSpace"/>, report the count with
/// <see cref="Received"/>, use <see cref="WholeFrames"/>, then call <see cref="RemoveFrames"/>. For one thread at a time.
/// </summary>
/// <remarks>
/// A quiet peer costs <see cref="SmallSize"/> bytes. A peer that fills the buffer in a single receive gets <see cref="LargeSize"/>
/// bytes from a pool until it is quiet again.
/// </remarks>
public sealed class FrameBuffer : IDisposable
{
    /// <summary>The size of the buffer of a quiet peer: five frames.</summary>
    public const int SmallSize = 5 * Frame.Size;

    /// <summary>The size of the buffer of a busy peer, and the most bytes of one receive.</summary>
    public const int LargeSize = 64 * 1024;

    // Not ArrayPool.Shared, because it keeps an array for every thread that has returned one.
    private static readonly ArrayPool<byte> Large = ArrayPool<byte>.Create(LargeSize, maxArraysPerBucket: 64);

    private readonly byte[] _small = new byte[SmallSize];
    private byte[] _bytes;
    private int _count;

    /// <summary>An empty buffer.</summary>
    public FrameBuffer() => _bytes = _small;

    /// <summary>The space for the next receive; never empty.</summary>
    public Span<byte> FreeSpace => _bytes.AsSpan(_count);

    /// <summary>All whole frames received; valid until <see cref="RemoveFrames"/>.</summary>
    public ReadOnlySpan<byte> WholeFrames => _bytes.AsSpan(0, _count - PartialLength);

    /// <summary>Received bytes of the incomplete frame: 0 on a frame boundary, always less than <see cref="Frame.Size"/>.</summary>
    public int PartialLength => _count % Frame.Size;

    /// <summary>True while the buffer is a large one from the pool.</summary>
    public bool IsLarge => _bytes != _small;

    /// <summary>Records that <paramref name="count"/> bytes were written to the start of <see cref="FreeSpace"/>.</summary>
    public void Received(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, FreeSpace.Length);
        _count += count;
    }

    /// <summary>Discards <see cref="WholeFrames"/> and makes space for the next receive.</summary>
    public void RemoveFrames()
    {
        ReadOnlySpan<byte> partial = _bytes.AsSpan(_count - PartialLength, PartialLength);
        bool wasFilled = _count == _bytes.Length;
        byte[] next = wasFilled ? LargeOrSame() : _small;
        MoveTo(next, partial);
    }

    /// <summary>Returns a large buffer to the pool. To be called after <see cref="RemoveFrames"/>, before a wait that may be long.</summary>
    public void GiveBack() => MoveTo(_small, _bytes.AsSpan(0, PartialLength));

    /// <summary>Returns a large buffer to the pool. The object must not be used again.</summary>
    public void Dispose()
    {
        ReturnUnless(_small);
        _bytes = _small;
        _count = 0;
    }

    private void MoveTo(byte[] next, ReadOnlySpan<byte> partial)
    {
        Debug.Assert(partial.Length == PartialLength, "Call RemoveFrames first.");
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
