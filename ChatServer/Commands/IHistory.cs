using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>Reads the messages of a channel. Blocks while it reads or waits for its turn, on the thread of the client that asks.</summary>
internal interface IHistory
{
    /// <summary>The last <paramref name="count"/> messages of a channel, oldest first; null if they cannot be read now.</summary>
    IReadOnlyList<HistoryLine>? Last(Participant asker, IChannelRecord channel, int count);

    /// <summary>The newest <paramref name="count"/> messages with all of the words, oldest first; null if they cannot be read now.</summary>
    IReadOnlyList<HistoryLine>? Find(Participant asker, IChannelRecord channel, IReadOnlyList<string> words, int count);
}
