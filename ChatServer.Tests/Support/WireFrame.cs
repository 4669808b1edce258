using System.Text;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>
/// The frame as the checker has it, without the product's help: a change of the product's own must not change what the tests send
/// and expect. Strict: an invalid frame fails the test.
/// </summary>
internal static class WireFrame
{
    public const int Size = FrameFormat.Size;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A frame with <paramref name="text"/>, which must fit.</summary>
    public static byte[] Encode(string text) => Pad(Encoding.UTF8.GetBytes(text));

    /// <summary>The frames with <paramref name="texts"/>, one behind the other.</summary>
    public static byte[] Encode(IEnumerable<string> texts) => [.. texts.SelectMany(Encode)];

    /// <inheritdoc cref="FrameFormat.Pad"/>
    public static byte[] Pad(ReadOnlySpan<byte> bytes) => FrameFormat.Pad(bytes);

    /// <summary>The text of a frame without its padding. Fails if it is not valid UTF-8.</summary>
    public static string Decode(byte[] frame)
    {
        try
        {
            return Strict.GetString(frame).TrimEnd(' ');
        }
        catch (DecoderFallbackException e)
        {
            throw new AssertFailedException($"A frame is not valid UTF-8: {Convert.ToHexString(frame)}", e);
        }
    }
}
