using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// The text of a frame from the server, ready to be shown (docs/protocol.md, section 5): no control character but <c>\n</c>. Each
/// frame is decoded once, and both the screen and the conversation use the result.
/// </summary>
internal sealed class ReceivedText(string text)
{
    private static readonly byte[] Wipe = Encoding.UTF8.GetBytes(ProtocolText.WipeMe);

    /// <summary>One line or, in the answer to <c>/list</c>, several with <c>\n</c> between them. Empty if nothing is to be shown.</summary>
    public string Text { get; } = text;

    public IReadOnlyList<ReceivedLine> Lines { get; } = [.. text.Split('\n').Select(ReceivedLine.Parse)];

    /// <summary>Decodes each of <paramref name="frames"/>, which are whole and may have any bytes. Leaves out those that show nothing.</summary>
    public static List<ReceivedText> DecodeAll(ReadOnlySpan<byte> frames)
    {
        var texts = new List<ReceivedText>(frames.Length / Frame.Size);
        for (; !frames.IsEmpty; frames = frames[Frame.Size..])
        {
            ReceivedText text = Decode(frames[..Frame.Size]);
            if (text.Text.Length > 0)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    public static ReceivedText Decode(ReadOnlySpan<byte> frame)
    {
        Span<byte> cleaned = stackalloc byte[Frame.Size];
        int length = TextCleaner.Clean(WithoutWipe(Frame.Text(frame)), cleaned, keepLineBreaks: true);
        return new ReceivedText(Frame.Text(cleaned[..length]).IsEmpty ? "" : Encoding.UTF8.GetString(cleaned[..length]));
    }

    /// <summary>Some public servers wipe the prompt themselves, with or without the second <c>\r</c>.</summary>
    private static ReadOnlySpan<byte> WithoutWipe(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith(Wipe))
        {
            return text;
        }

        text = text[Wipe.Length..];
        return text.StartsWith("\r"u8) ? text[1..] : text;
    }
}
