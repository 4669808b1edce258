using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Channels;

/// <summary>What may be a name (docs/protocol.md, section 4).</summary>
internal static class ParticipantName
{
    /// <summary>The longest name, in bytes of UTF-8, so that every frame has room for text behind it.</summary>
    public const int MaxBytes = 64;

    /// <summary>Reads the first frame of a client. False where its text cannot be a name.</summary>
    public static bool TryParse(ReadOnlySpan<byte> frame, out string name)
    {
        name = "";
        // Some clients in C pad with NUL.
        ReadOnlySpan<byte> text = Frame.Text(frame.TrimEnd((byte)0));

        // Looked for before cleaning: cleaning would turn a line break into a harmless space.
        if (text.ContainsAny("[]\n\r"u8))
        {
            return false;
        }

        ReadOnlySpan<byte> cleaned = Frame.Text(TextCleaner.Clean(text));
        if (cleaned.Length is 0 or > MaxBytes)
        {
            return false;
        }

        name = Encoding.UTF8.GetString(cleaned);
        return true;
    }
}
