using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.History;

/// <summary>Splits a message as the members get it: <c>[Name] text</c>. No name has a bracket.</summary>
internal static class FrameText
{
    /// <summary>The name and the text in one frame, as valid UTF-8. The name is empty if there is none.</summary>
    public static void Split(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> message = Frame.Text(frame);
        if (!System.Text.Unicode.Utf8.IsValid(message))
        {
            message = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(message)); // with a mark in place of each bad byte
        }

        int end = message.IndexOf("] "u8);
        name = end < 1 ? [] : message[1..end];
        text = end < 1 ? message : message[(end + 2)..];
    }
}
