using System.Buffers;
using System.Buffers.Binary;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>What a message of the load says of itself.</summary>
/// <param name="Sender">The number of the member who sent it.</param>
/// <param name="Sequence">Which of the sender's messages it is, from 0.</param>
/// <param name="SentAt">When it was made, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
internal readonly record struct Stamp(int Sender, int Sequence, long SentAt);

/// <summary>
/// The messages of the load. Sent, one is 150 bytes of text: sender, sequence and time as 8, 8 and 16 hexadecimal digits,
/// then filler. Received, it has <c>[Name] </c> in front, and the name is the sender's 8 digits again.
/// </summary>
/// <remarks>Every byte of a delivery is checked: digits must be digits, name and sender agree, the rest be the filler. Whether
/// the numbers can be is for the <see cref="Ledger"/> to say.</remarks>
internal static class Message
{
    private const int NameLength = 8;
    private const int DigitsLength = 32;
    private const int TextLength = 150;
    private const int PrefixLength = NameLength + 3;

    private static readonly byte[] Filler = MakeFiller();

    /// <summary>A whole frame as it is sent, its digits yet to be filled in.</summary>
    private static readonly byte[] Template = MakeTemplate();

    /// <summary>What a delivered frame ends in: filler and padding.</summary>
    private static readonly byte[] Tail = Template[DigitsLength..^PrefixLength];

    /// <summary>The name of a member.</summary>
    public static string NameOf(int member) => member.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Writes a message into <paramref name="frame"/>, a frame's length.</summary>
    public static void Write(Span<byte> frame, Stamp stamp)
    {
        Span<byte> header = stackalloc byte[DigitsLength / 2];
        BinaryPrimitives.WriteInt32BigEndian(header, stamp.Sender);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], stamp.Sequence);
        BinaryPrimitives.WriteInt64BigEndian(header[8..], stamp.SentAt);
        Template.CopyTo(frame);
        Convert.TryToHexStringLower(header, frame, out _);
    }

    /// <summary>Reads a delivered frame. False where it is not, byte for byte, a message of the load.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out Stamp stamp) =>
        TryReadPlain(frame, out stamp) || TryReadAdorned(frame, out stamp);

    private static bool TryReadPlain(ReadOnlySpan<byte> frame, out Stamp stamp)
    {
        stamp = default;
        ReadOnlySpan<byte> name = frame.Slice(1, NameLength);
        ReadOnlySpan<byte> digits = frame.Slice(PrefixLength, DigitsLength);
        if (!frame[(PrefixLength + DigitsLength)..].SequenceEqual(Tail)
            || frame[0] != (byte)'[' || frame[NameLength + 1] != (byte)']' || frame[NameLength + 2] != (byte)' '
            || !name.SequenceEqual(digits[..NameLength]))
        {
            return false;
        }

        Span<byte> header = stackalloc byte[DigitsLength / 2];
        if (Convert.FromHexString(digits, header, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        stamp = new Stamp(
            BinaryPrimitives.ReadInt32BigEndian(header),
            BinaryPrimitives.ReadInt32BigEndian(header[4..]),
            BinaryPrimitives.ReadInt64BigEndian(header[8..]));
        return true;
    }

    /// <summary>
    /// For other servers of the assignment: some put what wipes the prompt in front of a message, or a line break behind it.
    /// </summary>
    private static bool TryReadAdorned(ReadOnlySpan<byte> frame, out Stamp stamp)
    {
        ReadOnlySpan<byte> text = PlainText(frame);
        if (text.Length == frame.Length)
        {
            stamp = default;
            return false;
        }

        Span<byte> plain = stackalloc byte[Frame.Size];
        Frame.Encode(text, plain);
        return TryReadPlain(plain, out stamp);
    }

    /// <summary>The text of a frame, without what wipes the prompt.</summary>
    public static ReadOnlySpan<byte> PlainText(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> text = Frame.Text(frame);
        return text.StartsWith("\r"u8) ? text.TrimStart("\r "u8) : text;
    }

    private static byte[] MakeFiller()
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyz.ABCDEFGHIJKLMNOPQRSTUVWXYZ,";
        var filler = new byte[TextLength - DigitsLength];
        for (int i = 0; i < filler.Length; i++)
        {
            filler[i] = (byte)Letters[i % Letters.Length];
        }

        return filler;
    }

    private static byte[] MakeTemplate()
    {
        var frame = new byte[Frame.Size];
        Frame.Encode([.. new byte[DigitsLength], .. Filler], frame);
        return frame;
    }
}
