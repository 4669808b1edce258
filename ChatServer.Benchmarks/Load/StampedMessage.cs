using System.Buffers;
using System.Buffers.Binary;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>The numbers in a message of the load.</summary>
/// <param name="Sender">The number of the sending member.</param>
/// <param name="Sequence">The number of the message for this sender, from 0.</param>
/// <param name="SentAt">The time of its creation, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
internal readonly record struct Stamp(int Sender, int Sequence, long SentAt);

/// <summary>
/// The messages of the load. A sent message is 150 bytes of text: sender, sequence and time as 8, 8 and 16 hexadecimal digits, then
/// filler. A received message has <c>[Name] </c> in front; the name is the sender's 8 digits.
/// </summary>
/// <remarks>Every byte of a delivery is checked: the digits, that the name equals the sender, and the filler. The
/// <see cref="Ledger"/> checks the numbers.</remarks>
internal static class StampedMessage
{
    private const int NameLength = 8;
    private const int DigitsLength = 32;
    private const int TextLength = 150;
    private const int PrefixLength = NameLength + 3;

    private static readonly byte[] Filler = MakeFiller();

    /// <summary>A frame to send, without its digits.</summary>
    private static readonly byte[] Template = MakeTemplate();

    /// <summary>The end of a delivered frame: filler and padding.</summary>
    private static readonly byte[] Tail = Template[DigitsLength..^PrefixLength];

    public static string NameOf(int member) => member.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Writes a message into <paramref name="frame"/>, which has the size of a frame.</summary>
    public static void Write(Span<byte> frame, Stamp stamp)
    {
        Span<byte> header = stackalloc byte[DigitsLength / 2];
        BinaryPrimitives.WriteInt32BigEndian(header, stamp.Sender);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], stamp.Sequence);
        BinaryPrimitives.WriteInt64BigEndian(header[8..], stamp.SentAt);
        Template.CopyTo(frame);
        Convert.TryToHexStringLower(header, frame, out _);
    }

    /// <summary>Reads a delivered frame. False if it is not exactly a message of the load.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out Stamp stamp) =>
        TryReadPlain(frame, out stamp) || TryReadDecorated(frame, out stamp);

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
    /// For other servers of the assignment: some wipe the prompt before a message, or add a line break after it.
    /// </summary>
    private static bool TryReadDecorated(ReadOnlySpan<byte> frame, out Stamp stamp)
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

    /// <summary>The text of a frame without the wipe of the prompt.</summary>
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
