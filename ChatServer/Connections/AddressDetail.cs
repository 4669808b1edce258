namespace ThreadedChat.ChatServer.Connections;

/// <summary>How much of an address the log and the audit show.</summary>
internal enum AddressDetail
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The network: the first 24 bits of IPv4, the first 48 of IPv6.</summary>
    Prefix,

    /// <summary>All of it.</summary>
    Full,
}
