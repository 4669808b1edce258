namespace ThreadedChat.ChatServer.Cluster;

/// <summary>One command in an entry of the log. Each kind uses a part of the fields; the others have their default.</summary>
/// <param name="Kind">What it asks for.</param>
internal sealed record LogCommand(CommandKind Kind)
{
    /// <summary>The number of a client at its server. In: Arrive, Create, Join, Say, Write, Leave, Depart.</summary>
    public int Client { get; init; }

    /// <summary>In Hello the settings, in Arrive the name of the client, in Write the name of the receiver.</summary>
    public string Text { get; init; } = "";

    /// <summary>In Create, Join and Remove the channel; in Arrive the address that the client shares its channels with, or nothing.</summary>
    public string Place { get; init; } = "";

    /// <summary>In Beat the position whose hash it tells; in Gone the incarnation; in Remove the position since which the channel is empty.</summary>
    public long Number { get; init; }

    /// <summary>In Beat the hash.</summary>
    public long Hash { get; init; }

    /// <summary>In Say and Write: whole frames, which never change again.</summary>
    public ReadOnlyMemory<byte> Frames { get; init; }

    /// <summary>How many bytes it takes in an entry, at most.</summary>
    public int MaxSize => 64 + (3 * (Text.Length + Place.Length)) + Frames.Length;
}
