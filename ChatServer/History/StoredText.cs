using System.Text;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.History;

/// <summary>
/// Texts from the file, before they go to clients: SQLite keeps no checksums, so a disk or another program may have changed them.
/// </summary>
internal static class StoredText
{
    /// <summary>True for a name that a client could have given to a channel: one clean word that fits a frame.</summary>
    public static bool IsChannelName(string name) =>
        name.Length > 0
        && Encoding.UTF8.GetByteCount(name) <= Frame.Size
        && Clean(name) == name
        && Characters.Words(name, most: 2) is [var word] && word == name
        && name.EnumerateRunes().Any(Characters.IsVisible);

    /// <summary>A name that leaves space for a text in the frame.</summary>
    public static string Name(string name)
    {
        byte[] utf8 = TextCleaner.Clean(Encoding.UTF8.GetBytes(name));
        return Encoding.UTF8.GetString(utf8, 0, Utf8.CutAtMost(utf8, ParticipantName.MaxBytes));
    }

    /// <summary>A text that is not empty.</summary>
    public static string Message(string text) => Clean(text).TrimEnd() is { Length: > 0 } clean ? clean : "?";

    private static string Clean(string text) => Encoding.UTF8.GetString(TextCleaner.Clean(Encoding.UTF8.GetBytes(text)));
}
