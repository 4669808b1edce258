namespace ThreadedChat.ChatServer.Sending;

/// <summary>How far a peer is behind one that takes <see cref="Congestion.BytesPerSecond"/>, and what it has shown before.</summary>
/// <param name="Behind">
/// By how much it was behind when the server last offered it something: time in which the server offers nothing does not count. Null if it took
/// all that it was offered: then the peer is not slow, the server is.
/// </param>
/// <param name="BehindNow">By how much it is behind if what it has not been offered lately counts as well. For what costs the peer nothing.</param>
/// <param name="HasTaken">True once it has taken a few frames after its kernel was full for a while: a kernel does that only if the peer reads.</param>
/// <param name="Usual">
/// By how much it was behind lately before it took enough to make up for half of that; zero if that was less than a stall. So much is
/// usual for its kernel, or for its program.
/// </param>
internal readonly record struct PeerLag(TimeSpan? Behind, TimeSpan BehindNow, bool HasTaken, TimeSpan Usual);
