using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// Does on this server what moderators of any server have decided. The follower calls, in the order of the log, holding no lock; no
/// method waits.
/// </summary>
internal interface ILocalModeration
{
    /// <summary>The bans and mutes that this server has. Where it is the first of a new chat, it brings them along.</summary>
    SharedLists Lists { get; }

    /// <summary>The bans and mutes of the chat, in place of those that this server has.</summary>
    void Take(SharedLists lists);

    /// <summary>Ends a client of this server, which the chat has taken out already.</summary>
    void End(Participant participant, EndCause cause, string text);

    /// <summary>Sends frames to all clients of this server.</summary>
    void Announce(ReadOnlyMemory<byte> frames);
}
