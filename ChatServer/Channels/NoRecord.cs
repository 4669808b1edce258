namespace ThreadedChat.ChatServer.Channels;

/// <summary>Keeps nothing.</summary>
internal sealed class NoRecord : IRecorder, IChannelRecord
{
    /// <summary>It has no state, so there is one.</summary>
    public static readonly NoRecord Instance = new();

    private NoRecord()
    {
    }

    public IChannelRecord Open(string channel) => this;

    public RecordPlace? Place => null;

    public void Note(RecordPlace place)
    {
    }

    public void Append(ReadOnlyMemory<byte> frames, RecordPlace? place = null)
    {
    }

    public void Close()
    {
    }
}
