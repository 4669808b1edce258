namespace ThreadedChat.ChatServer.Channels;

/// <summary>Messages to one participant, wherever it is.</summary>
internal interface IDirectMessages
{
    /// <summary>
    /// Sends whole frames, which must never change again, to the participant of this name. False if there is none. Blocks while
    /// it is congested.
    /// </summary>
    bool TrySend(Participant sender, string name, ReadOnlyMemory<byte> frames);
}
