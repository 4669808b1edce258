using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>The mutes. Declared here, in the layer that asks for them.</summary>
internal interface IMutes
{
    /// <summary>True if nobody gets what <paramref name="sender"/> says. Tells the sender, not too often. Its own thread calls.</summary>
    bool Silences(Participant sender);
}
