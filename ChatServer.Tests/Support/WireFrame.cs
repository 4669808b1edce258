using System.Text;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>
/// The frame as the contract has it, written down a second time and without the product's help: a change of the product's
/// own must not change what the tests send and expect.
/// </summary>
internal static class WireFrame
{
    public const int Size = 200;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A frame with <paramref name="text"/>, which must fit.</summary>
    public static byte[] Encode(string text) => Pad(Encoding.UTF8.GetBytes(text));

    /// <summary>The frames with <paramref name="texts"/>, one behind the other.</summary>
    public static byte[] Encode(IEnumerable<string> texts) => [.. texts.SelectMany(Encode)];

    /// <summary>A frame that begins with <paramref name="bytes"/>, which must fit.</summary>
    public static byte[] Pad(ReadOnlySpan<byte> bytes)
    {
        var frame = new byte[Size];
        frame.AsSpan().Fill((byte)' ');
        bytes.CopyTo(frame);
        return frame;
    }

    /// <summary>The text of a frame without its padding. Fails where it is not valid UTF-8.</summary>
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
