namespace ThreadedChat.ChatServer.Channels;

/// <summary>Stores the messages of the channels. Declared here, in the layer that calls it.</summary>
internal interface IRecorder
{
    /// <summary>The record of a new channel or a fixed one. Never blocks for longer than a short critical section.</summary>
    IChannelRecord Open(string channel);
}
