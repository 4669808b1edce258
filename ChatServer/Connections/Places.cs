namespace ThreadedChat.ChatServer.Connections;

/// <summary>The places that there are for connections.</summary>
/// <param name="Max">How many in all.</param>
/// <param name="MaxPerAddress">How many for one address (of IPv6: one /64).</param>
/// <param name="Reserved">How many of them, the last ones, are kept for addresses that have none.</param>
/// <param name="DecidedBy">What decided how many there are in all, for the log.</param>
internal sealed record Places(int Max, int MaxPerAddress, int Reserved = 0, string DecidedBy = "--max-connections")
{
    private const int ReservedPart = 16;
    private const int MostReserved = 64;

    /// <summary>How many are reserved where nothing else was asked for: a sixteenth, at most 64.</summary>
    public static int ReservedOf(int max) => Math.Min(MostReserved, max / ReservedPart);
}
