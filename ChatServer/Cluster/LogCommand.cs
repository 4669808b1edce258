using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>One command in an entry of the log. Each kind uses a part of the fields; the others have their default.</summary>
/// <param name="Kind">What it asks for.</param>
internal sealed record LogCommand(CommandKind Kind)
{
    /// <summary>The number of a client at its server. In: Arrive, Create, Join, Say, Write, Leave, Depart, Rank.</summary>
    public int Client { get; init; }

    /// <summary>
    /// In Hello the settings, in Arrive the name of the client, in Write the name of the receiver; in Kick, Unban, Mute and Unmute the name
    /// that is meant, in Unban also nothing.
    /// </summary>
    public string Text { get; init; } = "";

    /// <summary>
    /// In Create, Join, Remove and RemoveEmpty the channel; in Arrive the address that the client shares its channels with, or nothing; in
    /// Unban a network, or nothing.
    /// </summary>
    public string Place { get; init; } = "";

    /// <summary>
    /// In Beat the position whose hash it states; in Gone the incarnation; in RemoveEmpty the position since which the channel is empty; in
    /// Unban, Mute and Unmute the time, in milliseconds since 1970.
    /// </summary>
    public long Number { get; init; }

    /// <summary>In Beat the hash.</summary>
    public long Hash { get; init; }

    /// <summary>In Say, Write and Announce: whole frames, which never change again. In Kick one, the last that the clients get.</summary>
    public ReadOnlyMemory<byte> Frames { get; init; }

    /// <summary>In Arrive: what is known of the client besides its name. In Rank: whether it is a moderator.</summary>
    public PeerInfo Peer { get; init; } = PeerInfo.Unknown;

    /// <summary>In Kick and Ban: true if moderators are meant too.</summary>
    public bool IsOfOperator { get; init; }

    /// <summary>In Ban.</summary>
    public SharedBan? Ban { get; init; }

    /// <summary>In Mute: when it ends, in milliseconds since 1970; 0: never.</summary>
    public long Until { get; init; }

    /// <summary>How many bytes it takes in an entry, at most.</summary>
    public int MaxSize => 64 + (3 * (Text.Length + Place.Length + Peer.Address.Length)) + Frames.Length
        + (Ban is null ? 0 : 64 + (3 * (Ban.Name.Length + Ban.By.Length)) + (SharedListsCodec.MaxNetwork * Ban.Networks.Count));
}
