using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// Does on this server what moderators of any server have decided. The follower calls, in the order of the log, holding no lock; no
/// method waits.
/// </summary>
internal interface ILocalModeration
{
    /// <summary>The bans and mutes that this server has. If it is the first server of a new chat, they become those of the chat.</summary>
    SharedLists Lists { get; }

    /// <summary>Replaces the bans and mutes of this server with those of the chat.</summary>
    void Take(SharedLists lists);

    /// <summary>Ends a client of this server, which the chat has taken out already.</summary>
    void End(Participant participant, EndCause cause, string text);

    /// <summary>Sends frames to all clients of this server.</summary>
    void Announce(ReadOnlyMemory<byte> frames);
}
