namespace ThreadedChat.ChatServer.Connections;

/// <summary>Why the server rejects a connection.</summary>
internal enum RejectionReason
{
    /// <summary>As many clients as there may be (<c>--max-connections</c>, or what the machine allows).</summary>
    ServerFull,

    /// <summary>As many clients as there may be from one address (<c>--max-per-address</c>).</summary>
    AddressLimit,

    /// <summary>Too many connections from one address in a short time (<c>--address-rate</c>).</summary>
    AddressRate,

    /// <summary>The last places are for addresses that have none (<c>--reserved-places</c>).</summary>
    ReservedPlaces,

    /// <summary>The memory for what waits to be sent is used up (<c>--memory</c>).</summary>
    Memory,

    /// <summary>The machine has no more threads.</summary>
    Threads,

    /// <summary>The address or the network of the client is banned.</summary>
    Banned,
}
