using System.Net;
using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>Decides which peers are served, and under which name. Declared here, in the layer that calls it.</summary>
internal interface IEntrance
{
    /// <summary>Why a new connection from this address is not served; null if it is. The accepting thread calls: it must not wait.</summary>
    Rejection? Rejects(IPAddress address);

    /// <summary>
    /// Lets a client in by its first frame. Where it is not let in the answer is in its outbox and the result is null: the caller
    /// closes. Called by the reader of the connection; may wait, holding no lock.
    /// </summary>
    /// <param name="connection">The client.</param>
    /// <param name="firstFrame">As it came. It may have a secret, so nothing else may see it.</param>
    /// <param name="authenticatedName">The name that the connection itself proves; null for none.</param>
    Participant? Admit(Connection connection, ReadOnlySpan<byte> firstFrame, string? authenticatedName);

    /// <summary>The part of a first frame that may be shown.</summary>
    ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> firstFrame);

    /// <summary>A client that was let in has left.</summary>
    void Departed(Participant participant);
}
