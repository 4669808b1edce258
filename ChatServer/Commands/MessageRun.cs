using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>
/// The frames of consecutive normal messages of one sender, in one array that all receivers share. A run costs one
/// array, one pass through the channel's gate and one append per member, however many messages it has.
/// </summary>
/// <param name="sender">Whose messages they are.</param>
internal ref struct MessageRun(Participant sender)
{
    /// <summary>
    /// Bytes after which a run is delivered, and others get their turn: so that many senders at once overshoot a member's
    /// limit by little before they are made to wait.
    /// </summary>
    public const int MaxBytes = 64 * Frame.Size;

    private byte[] _frames = [];
    private int _length;

    /// <summary>True when there is nothing to deliver.</summary>
    public readonly bool IsEmpty => _length == 0;

    /// <summary>True when it is time to deliver.</summary>
    public readonly bool IsFull => _length >= MaxBytes;

    /// <summary>
    /// Adds a message: <c>[Name] </c> and <paramref name="text"/>, cleaned, in one frame or, if it is longer, in
    /// several, each with the name in front. A text of which nothing is left after cleaning is not a message.
    /// </summary>
    /// <param name="text">The text of a frame as it came: at most <see cref="Frame.Size"/> bytes, of any kind.</param>
    /// <param name="framesToCome">How many more messages the run may get: room for them is made at once.</param>
    public void Add(ReadOnlySpan<byte> text, int framesToCome)
    {
        Span<byte> cleaned = stackalloc byte[Frame.Size];
        ReadOnlySpan<byte> rest = Frame.Text(cleaned[..TextCleaner.Clean(text, cleaned)]);
        ReadOnlySpan<byte> prefix = sender.Prefix.Span;

        while (!rest.IsEmpty)
        {
            int piece = FrameSplitter.NextPiece(rest, Frame.Size - prefix.Length);
            Span<byte> frame = NextFrame(framesToCome);
            prefix.CopyTo(frame);
            rest[..piece].CopyTo(frame[prefix.Length..]);
            frame[(prefix.Length + piece)..].Fill(Frame.Padding);
            rest = rest[piece..];
        }
    }

    /// <summary>The frames added since the last call. They are never written to again.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        ReadOnlyMemory<byte> frames = _frames.AsMemory(0, _length);
        _frames = [];
        _length = 0;
        return frames;
    }

    private Span<byte> NextFrame(int framesToCome)
    {
        if (_length == _frames.Length)
        {
            // Room for this frame in any case, and for those to come as far as a run goes.
            int wanted = _length + ((framesToCome + 1) * Frame.Size);
            Array.Resize(ref _frames, Math.Max(_length + Frame.Size, Math.Min(wanted, MaxBytes)));
        }

        Span<byte> frame = _frames.AsSpan(_length, Frame.Size);
        _length += Frame.Size;
        return frame;
    }
}
