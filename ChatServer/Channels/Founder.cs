namespace ThreadedChat.ChatServer.Channels;

/// <summary>The shares in which a new channel counts: that of its connection, that of its address, and those of the networks around that.</summary>
/// <param name="address">
/// From the largest network to the address itself, separated by <c>/</c>; in any form that is equal for equal addresses. Null if
/// addresses have no share.
/// </param>
internal sealed class Founder(string? address)
{
    private string[]? _places;

    /// <summary>All connections of this address have one share.</summary>
    public string? Address { get; } = address;

    /// <summary>The address and the networks around it, the smallest first; none without an address. Guarded by the lock of the table.</summary>
    public IReadOnlyList<string> Places => _places ??= PlacesOf(Address);

    /// <summary>How many of the existing channels this connection has created. Guarded by the lock of the table.</summary>
    public int Channels { get; set; }

    private static string[] PlacesOf(string? address)
    {
        List<string> places = [];
        for (int length = address?.Length ?? -1; length >= 0; length = length == 0 ? -1 : address!.LastIndexOf('/', length - 1))
        {
            places.Add(address![..length]);
        }

        return [.. places];
    }
}
