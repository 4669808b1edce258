namespace ThreadedChat.ChatServer.Connections;

/// <summary>How long a peer may take.</summary>
/// <param name="Name">To send its name.</param>
/// <param name="Frame">To finish a frame that it has begun.</param>
/// <param name="Drain">To take the final frames and close, when the connection ends.</param>
internal sealed record PeerTimeouts(TimeSpan Name, TimeSpan Frame, TimeSpan Drain)
{
    /// <summary>A proxy sends its header at once. Its specification asks a server to wait for at least so long.</summary>
    private static readonly TimeSpan LongestHeader = TimeSpan.FromSeconds(3);

    /// <summary>To send the PROXY header, if it is a proxy.</summary>
    public TimeSpan Header => Name < LongestHeader ? Name : LongestHeader;
}
