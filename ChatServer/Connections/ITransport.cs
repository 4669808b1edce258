using System.Net;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// The bytes of one connection, in both directions. One thread receives and one sends at a time; <see cref="Abort"/> may be
/// called by any. No method throws: the result shows that the connection is lost.
/// </summary>
internal interface ITransport : IDisposable
{
    /// <summary>The address and port of the peer; null if the peer had disconnected before it could be read.</summary>
    IPEndPoint? Peer { get; }

    /// <summary>False while <see cref="Peer"/> is a proxy that has not told for whom it connects: <see cref="ReadPeer"/> reads that.</summary>
    bool IsPeerKnown { get; }

    /// <summary>The name that the peer has proved to have, by a certificate; null if it has proved none. Known after <see cref="Open"/>.</summary>
    string? AuthenticatedName { get; }

    /// <summary>True while bytes that have arrived wait to be received.</summary>
    bool HasInput { get; }

    /// <summary>True while received bytes may wait in the transport: then the next receive returns without a wait. For the thread that receives.</summary>
    bool HoldsInput => false;

    /// <summary>At most as many bytes have arrived and were not received; with encryption, those that arrived encrypted. For the thread that receives.</summary>
    int ArrivedBytes { get; }

    /// <summary>True if the peer has ended the connection and no whole frame from it is left to receive.</summary>
    bool IsOver { get; }

    /// <summary>Bytes that were sent and that the peer has not acknowledged; 0 if the system does not report them.</summary>
    int UnsentBytes { get; }

    /// <summary>The reader, first, if <see cref="IsPeerKnown"/> is false: waits for what a proxy says about its peer. Null if it worked.</summary>
    TransportFault? ReadPeer();

    /// <summary>The same without waiting: if what the proxy says is valid and has arrived as a whole, the peer is known then. Otherwise nothing happens.</summary>
    void ReadPeerNow();

    /// <summary>
    /// The reader, once, before it receives: agrees with the peer on what is spoken. May wait for the peer. Null if that worked. After a
    /// fault the other methods are for a graceful close: what is received has no meaning, and what is sent is the fault's answer.
    /// </summary>
    /// <param name="turn">The turns of the client. A transport whose receives cost much may take one; it then lasts until what was received is dispatched.</param>
    TransportFault? Open(WorkTurn turn);

    /// <summary>
    /// From now on nothing that arrives is waited for. On Linux a thread that waits in <see cref="Receive"/> or <see cref="Open"/> returns, once it has
    /// received what has arrived, and what the peer sends after the end of the stream to it resets the connection. Elsewhere nothing happens. Any thread may call it.
    /// </summary>
    void EndReceiving();

    /// <summary>Waits for bytes. Returns how many; 0 at the end of the stream; less than 0 if the connection is lost.</summary>
    int Receive(Span<byte> buffer);

    /// <summary>Receives without waiting. Returns how many bytes; 0 if there are none now; less than 0 if no more will come.</summary>
    int ReceiveNow(Span<byte> buffer);

    /// <summary>Sends without waiting. Returns how many bytes were taken; 0 for none now; less than 0 if the connection is lost.</summary>
    int SendNow(ReadOnlySpan<byte> bytes);

    /// <summary>Tells the peer that nothing more will be sent to it, without waiting. False if the peer does not take that now: try again.</summary>
    bool EndSending();

    /// <summary>Ends the connection. A thread that waits in <see cref="Receive"/> or <see cref="Open"/> returns.</summary>
    /// <param name="mayEndStream">
    /// True if the peer may see this as the end of the stream; false if the stream was cut inside a frame. Then only the own side is ended
    /// here, as far as the system can do that.
    /// </param>
    /// <returns>True if both directions have ended; otherwise what the peer sends still arrives.</returns>
    bool Abort(bool mayEndStream = true);

    /// <summary>Makes <see cref="IDisposable.Dispose"/> discard what the system still holds for the peer.</summary>
    void DiscardUnsent();
}
