namespace ThreadedChat.ChatServer.Sending;

/// <summary>How far a peer is behind one that takes <see cref="Congestion.BytesPerSecond"/>.</summary>
/// <param name="Behind">
/// By how much it was behind when the server last offered it something: time in which the server offers nothing does not count. Null if it took
/// all that it was offered: then the peer is not slow, the server is.
/// </param>
/// <param name="BehindNow">By how much it is behind if what it has not been offered lately counts as well. For what costs the peer nothing.</param>
/// <param name="Usual">
/// The most by which it was ever behind before it took enough to make up for half of that; zero if that was less than a stall. So much is
/// usual for its kernel, or for its program.
/// </param>
internal readonly record struct PeerLag(TimeSpan? Behind, TimeSpan BehindNow, TimeSpan Usual);
