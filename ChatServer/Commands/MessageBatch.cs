using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>
/// The frames of consecutive normal messages of one sender, in one array that all receivers share. A batch costs one
/// array, one pass through the channel's gate and one append per member, however many messages it has.
/// </summary>
/// <param name="sender">The sender of the messages.</param>
internal ref struct MessageBatch(Participant sender)
{
    /// <summary>
    /// Bytes after which a batch is delivered, and other senders get their turn. So a batch goes little beyond a member's limit
    /// before the next one waits.
    /// </summary>
    public const int MaxBytes = 64 * Frame.Size;

    /// <summary>The same in a channel in which senders wait for their turn: short, so that each turn comes soon.</summary>
    public const int MaxBytesWhileSendersWait = 8 * Frame.Size;

    private byte[] _frames = [];
    private int _length;
    private int _limit = MaxBytes;

    /// <summary>True when there is nothing to deliver.</summary>
    public readonly bool IsEmpty => _length == 0;

    /// <summary>True when the batch has to be delivered.</summary>
    public readonly bool IsFull => _length >= _limit;

    /// <summary>
    /// Adds a message: <c>[Name] </c> and <paramref name="text"/>, cleaned, in one frame or, if it is longer, in
    /// several, each with the name in front. A text of which nothing is left after cleaning is not a message.
    /// </summary>
    /// <param name="text">The text of a received frame: at most <see cref="Frame.Size"/> bytes of any kind.</param>
    /// <param name="following">The whole frames after it: the batch allocates space for all of them that belong to it together.</param>
    public void Add(ReadOnlySpan<byte> text, ReadOnlySpan<byte> following)
    {
        Span<byte> cleaned = stackalloc byte[Frame.Size];
        ReadOnlySpan<byte> rest = Frame.Text(cleaned[..TextCleaner.Clean(text, cleaned)]);
        ReadOnlySpan<byte> prefix = sender.Prefix.Span;

        while (!rest.IsEmpty)
        {
            int piece = FrameSplitter.NextPiece(rest, Frame.Size - prefix.Length);
            Span<byte> frame = NextFrame(following);
            prefix.CopyTo(frame);
            rest[..piece].CopyTo(frame[prefix.Length..]);
            frame[(prefix.Length + piece)..].Fill(Frame.Padding);
            rest = rest[piece..];
        }
    }

    /// <summary>The frames added since the last call, in an array of exactly that size, so that all bytes in memory are counted. They are never written to again.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        ReadOnlyMemory<byte> frames = _length == _frames.Length ? _frames : _frames.AsSpan(0, _length).ToArray();
        _frames = [];
        _length = 0;
        return frames;
    }

    private Span<byte> NextFrame(ReadOnlySpan<byte> following)
    {
        if (_length == 0)
        {
            _limit = sender.Channel is { HasBackPressure: true } ? MaxBytesWhileSendersWait : MaxBytes;
        }

        if (_length == _frames.Length)
        {
            // Space for this frame in any case, and for those that follow, up to the end of the batch.
            int wanted = Math.Min(_length + ((MessagesIn(following) + 1) * Frame.Size), _limit);
            Array.Resize(ref _frames, Math.Max(_length + Frame.Size, wanted));
        }

        Span<byte> frame = _frames.AsSpan(_length, Frame.Size);
        _length += Frame.Size;
        return frame;
    }

    /// <summary>
    /// How many frames, from the first on, look like messages by their first byte, up to the end of the batch. A frame that begins
    /// with white space may be blank, which is no message: it counts as the end.
    /// </summary>
    private readonly int MessagesIn(ReadOnlySpan<byte> frames)
    {
        int count = 0;
        int most = Math.Min(frames.Length, _limit) / Frame.Size;
        while (count < most && frames[count * Frame.Size] is not ((byte)ControlMessage.Mark or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            count++;
        }

        return count;
    }
}
