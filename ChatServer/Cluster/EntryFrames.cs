using System.Text;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// Checks the frames in an entry. Clients get these bytes as they are, and a server cleans each text before it adds it to the log. So wrong frames
/// are only those that another program has added.
/// </summary>
internal static class EntryFrames
{
    /// <summary>True for one or more whole frames, each of them valid UTF-8 without a character that <see cref="TextCleaner"/> removes.</summary>
    public static bool AreValid(ReadOnlySpan<byte> frames)
    {
        if (frames.IsEmpty || frames.Length % Frame.Size != 0)
        {
            return false;
        }

        for (; !frames.IsEmpty; frames = frames[Frame.Size..])
        {
            if (!TextCleaner.IsClean(frames[..Frame.Size]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// True if each of these whole frames begins with a name between two marks, so no client can send messages with the name of another, and if a
    /// text follows the name in one of them. A text with a long run of spaces has frames of spaces too.
    /// </summary>
    public static bool AreOf(string name, string open, string close, ReadOnlySpan<byte> frames)
    {
        Span<byte> prefix = stackalloc byte[ParticipantName.MaxBytes + open.Length + close.Length];
        prefix = prefix[..Encoding.UTF8.GetBytes($"{open}{name}{close}", prefix)];
        bool hasText = false;
        for (; !frames.IsEmpty; frames = frames[Frame.Size..])
        {
            if (!frames.StartsWith(prefix))
            {
                return false;
            }

            hasText = hasText || Frame.Text(frames[..Frame.Size]).Length > prefix.Length;
        }

        return hasText;
    }
}
