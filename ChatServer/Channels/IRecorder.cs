namespace ThreadedChat.ChatServer.Channels;

/// <summary>Stores the messages of the channels. Declared here, in the layer that calls it.</summary>
internal interface IRecorder
{
    /// <summary>The record of a new channel or a fixed one. Never blocks for longer than a short critical section.</summary>
    IChannelRecord Open(string channel);

    /// <summary>With --cluster: the place in the log up to which everything is stored, or will be. Null if that is not known.</summary>
    RecordPlace? Place { get; }

    /// <summary>Notes that everything up to a place was appended. Never blocks for longer than a short critical section.</summary>
    void Note(RecordPlace place);
}
