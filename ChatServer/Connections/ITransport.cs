using System.Net;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// The bytes of one connection, in both directions. One thread receives and one sends at a time; <see cref="Abort"/> may be
/// called by any. No method throws: each tells by its result that the connection is lost.
/// </summary>
internal interface ITransport : IDisposable
{
    /// <summary>The address and port of the peer; null if the peer had disconnected before it could be read.</summary>
    IPEndPoint? Peer { get; }

    /// <summary>True while bytes that have arrived wait to be received.</summary>
    bool HasInput { get; }

    /// <summary>True if the peer has ended the connection and no whole frame from it is left to receive.</summary>
    bool IsOver { get; }

    /// <summary>Bytes that the system holds for the peer and the peer has not acknowledged; 0 if the system does not tell.</summary>
    int UnsentBytes { get; }

    /// <summary>Waits for bytes. Returns how many; 0 at the end of the stream; less than 0 if the connection is lost.</summary>
    int Receive(Span<byte> buffer);

    /// <summary>Receives without waiting. Returns how many bytes; 0 if there are none now; less than 0 if no more will come.</summary>
    int ReceiveNow(Span<byte> buffer);

    /// <summary>Sends without waiting. Returns how many bytes were taken; 0 for none now; less than 0 if the connection is lost.</summary>
    int SendNow(ReadOnlySpan<byte> bytes);

    /// <summary>Tells the peer that nothing more will be sent to it.</summary>
    void EndSending();

    /// <summary>Ends both directions. A thread that waits in <see cref="Receive"/> returns.</summary>
    void Abort();

    /// <summary>Makes <see cref="IDisposable.Dispose"/> discard what the system still holds for the peer.</summary>
    void DiscardUnsent();
}
