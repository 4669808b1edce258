using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.History;

/// <summary>Rows for one transaction. If the disk fails, they are written again.</summary>
/// <param name="Entries">Messages and gaps, in order.</param>
/// <param name="Changes">Channels that were made or removed.</param>
internal sealed record HistoryBatch(IReadOnlyList<HistoryEntry> Entries, IReadOnlyList<ChannelChange> Changes)
{
    /// <summary>The number of the first row. Set before the first try and kept: a row that exists is not added again.</summary>
    public long FirstRow { get; set; }

    /// <summary>Where the order is made elsewhere: with this batch everything up to here is in the file. Null if there is nothing to note.</summary>
    public RecordPlace? Place { get; init; }

    /// <summary>True if somebody searches, and waits until all messages are indexed.</summary>
    public bool IsForSearch { get; init; }

    /// <summary>So many messages are a sign that the server is busy: the processors are needed for the chat.</summary>
    private const int Large = 256;

    /// <summary>True if it has so many messages that only what is needed should be done with them now.</summary>
    public bool IsLarge => Rows >= Large;

    /// <summary>How many messages and gaps it has.</summary>
    public int Rows => Entries.Sum(entry => entry.Missing > 0 ? 1 : entry.Frames.Length / Frame.Size);

    /// <summary>How many messages it has.</summary>
    public int Messages => Entries.Sum(entry => entry.Frames.Length / Frame.Size);

    /// <summary>How many messages of its channels are missing.</summary>
    public int Missing => Entries.Sum(entry => entry.Missing);

    /// <summary>True if there is nothing to write.</summary>
    public bool IsEmpty => Entries.Count == 0 && Changes.Count == 0 && Place is null;
}
