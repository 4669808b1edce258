namespace ThreadedChat.ChatServer.Channels;

/// <summary>What a server knows of a client besides its name, for the other servers of the chat.</summary>
/// <param name="Address">Its address; empty if it is not needed.</param>
/// <param name="IsAuthenticated">True if it has proved that the name is its own.</param>
/// <param name="IsModerator">True if it may use the commands of moderators when it comes.</param>
internal sealed record PeerInfo(string Address, bool IsAuthenticated = false, bool IsModerator = false)
{
    public static readonly PeerInfo Unknown = new("");
}
