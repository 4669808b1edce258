namespace ThreadedChat.ChatServer.Live;

/// <summary>What the live page shows, at about one moment. Immutable.</summary>
/// <param name="At">Milliseconds since the server started.</param>
/// <param name="IsStopping">True once the server stops.</param>
/// <param name="FiguresJson">The sums, as they are sent.</param>
/// <param name="Clients">The connections by number, at most <see cref="LiveView.MaxClients"/>.</param>
/// <param name="Channels">The channels by number, at most <see cref="LiveView.MaxChannels"/>.</param>
internal sealed record LiveSnapshot(
    long At,
    bool IsStopping,
    byte[] FiguresJson,
    IReadOnlyDictionary<long, ClientRow> Clients,
    IReadOnlyDictionary<long, ChannelRow> Channels);
