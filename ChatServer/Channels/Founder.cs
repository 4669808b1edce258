namespace ThreadedChat.ChatServer.Channels;

/// <summary>Whose share of the channels a new one counts in: one connection, and the address that it came from.</summary>
/// <param name="address">The address, in any form that is the same for the same address; null where it has no share of its own.</param>
internal sealed class Founder(string? address)
{
    /// <summary>The address that shares with others of the same.</summary>
    public string? Address { get; } = address;

    /// <summary>How many of the channels that exist are this connection's. Guarded by the lock of the table.</summary>
    public int Channels { get; set; }
}
