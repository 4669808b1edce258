using System.Buffers;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>Sends lines of the history to the client that has asked, in chunks: they may be more than its outbox holds at once.</summary>
internal static class HistoryAnswer
{
    /// <param name="asker">The client that has asked.</param>
    /// <param name="lines">What to send; null if the history could not be read.</param>
    /// <param name="ifNone">The answer if there is no line.</param>
    public static void Send(Participant asker, IReadOnlyList<HistoryLine>? lines, string ifNone)
    {
        if (lines is null or [])
        {
            asker.Reply(lines is null ? ExtendedText.HistoryCannotBeRead : ifNone);
            return;
        }

        var frames = new ArrayBufferWriter<byte>();
        foreach (HistoryLine line in lines)
        {
            PrefixedText.Encode(line.Prefix, line.Text, frames);
            if (frames.WrittenCount >= MessageBatch.MaxBytes)
            {
                SendChunk(asker, frames);
            }
        }

        SendChunk(asker, frames);
    }

    private static void SendChunk(Participant asker, ArrayBufferWriter<byte> frames)
    {
        if (frames.WrittenCount > 0 && asker.Outbox.IsOpen)
        {
            asker.Answer(frames.WrittenSpan.ToArray());
            asker.WaitForOwnTurn();
        }

        frames.Clear();
    }
}
