using System.Diagnostics;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>The last frames of one connection, in both directions, for a server with <c>--trace</c> and a live page.</summary>
/// <param name="time">The clock.</param>
/// <param name="hidesToken">True if the first frame received may have the token of an account, which is not kept.</param>
internal sealed class RecentFrames(TimeProvider time, bool hidesToken = false)
{
    /// <summary>How many are kept.</summary>
    internal const int Kept = 24;

    /// <summary>Guards all fields: the reader, the writer and the live page use them. A leaf: nothing is called under it but the clock.</summary>
    private readonly Lock _gate = new();

    private readonly Queue<RecentFrame> _whole = new(Kept);
    private readonly Direction _received = new();
    private readonly Direction _sent = new();

    public void Received(ReadOnlySpan<byte> bytes) => Add(_received, bytes);

    public void Sent(ReadOnlySpan<byte> bytes) => Add(_sent, bytes);

    /// <summary>The last whole frames, the oldest first, and after them those that are not complete.</summary>
    public IReadOnlyList<RecentFrame> Copy()
    {
        lock (_gate)
        {
            return [.. _whole, .. Incomplete(_sent), .. Incomplete(_received)];
        }
    }

    private void Add(Direction direction, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            while (!bytes.IsEmpty)
            {
                ReadOnlySpan<byte> piece = bytes[..Math.Min(bytes.Length, Frame.Size - direction.Count)];
                piece.CopyTo(direction.Bytes.AsSpan(direction.Count));
                direction.Count += piece.Length;
                direction.Last = time.GetLocalNow();
                bytes = bytes[piece.Length..];
                if (direction.Count == Frame.Size)
                {
                    direction.Frames++;
                    Keep(Frame_NeedsGate(direction, direction.Frames));
                    direction.Count = 0;
                }
            }
        }
    }

    private void Keep(RecentFrame frame)
    {
        if (_whole.Count == Kept)
        {
            _whole.Dequeue();
        }

        _whole.Enqueue(frame);
    }

    private IEnumerable<RecentFrame> Incomplete(Direction direction) =>
        direction.Count == 0 ? [] : [Frame_NeedsGate(direction, direction.Frames + 1)];

    private RecentFrame Frame_NeedsGate(Direction direction, long number)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The gate guards both directions.");
        byte[] bytes = direction.Bytes[..direction.Count];
        if (hidesToken && direction == _received && number == 1)
        {
            AccountToken.Hide(bytes);
        }

        return new(direction == _received, number, direction.Last, bytes);
    }

    /// <summary>What there is to remember of one direction.</summary>
    private sealed class Direction
    {
        public byte[] Bytes { get; } = new byte[Frame.Size];

        public int Count { get; set; }

        public long Frames { get; set; }

        public DateTimeOffset Last { get; set; }
    }
}
