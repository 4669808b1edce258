using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>The records of the channels. A channel keeps its record also when this server becomes a new member of the chat. Used by one session at a time.</summary>
internal sealed class ChannelRecords(IRecorder recorder)
{
    private readonly Dictionary<string, IChannelRecord> _open = new(StringComparer.Ordinal);

    public IChannelRecord Open(string channel)
    {
        string key = Normalization.ToNfc(channel);
        if (!_open.TryGetValue(key, out IChannelRecord? record))
        {
            record = recorder.Open(channel);
            _open.Add(key, record);
        }

        return record;
    }

    /// <summary>The place in the log up to which messages are stored; null if that is not known.</summary>
    public RecordPlace? Place => recorder.Place;

    /// <summary>False if messages are not stored.</summary>
    public bool AreKept => recorder is not NoRecord;

    public void Note(RecordPlace place) => recorder.Note(place);

    public void Close(string channel)
    {
        if (_open.Remove(Normalization.ToNfc(channel), out IChannelRecord? record))
        {
            record.Close();
        }
    }
}
