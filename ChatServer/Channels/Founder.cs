namespace ThreadedChat.ChatServer.Channels;

/// <summary>The shares in which a new channel counts: that of its connection, and that of the connection's address.</summary>
/// <param name="address">The address, in any form that is equal for equal addresses; null if addresses have no share.</param>
internal sealed class Founder(string? address)
{
    /// <summary>All connections of this address have one share.</summary>
    public string? Address { get; } = address;

    /// <summary>How many of the existing channels this connection has created. Guarded by the lock of the table.</summary>
    public int Channels { get; set; }
}
