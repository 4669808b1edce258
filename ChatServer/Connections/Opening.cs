using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>What a reader does before it receives frames: learns the address of the peer from a PROXY header, and makes the TLS handshake.</summary>
/// <param name="checkAddress">Decides about an address that was not known before: null if the server accepts it.</param>
/// <param name="timeouts">How long a peer may take.</param>
/// <param name="log">Where failures are noted.</param>
internal sealed class Opening(Func<Connection, Rejection?> checkAddress, PeerTimeouts timeouts, ClientLog log)
{
    /// <summary>
    /// Sets the deadlines for the header and for the name. Returns the rejection if the address is over a limit or banned: the caller then rejects the connection. Returns null otherwise. If the
    /// header or the handshake failed, the result is null too, and the connection is already closing (see <see cref="Connection.Reason"/>): the
    /// caller receives as usual, and discards the input of a connection that is closing.
    /// </summary>
    public Rejection? Open(Connection connection)
    {
        if (!connection.IsAddressKnown)
        {
            connection.Deadline.Set(timeouts.Header, CloseReason.NameTimeout);
            if (Failed(connection, connection.ReadAddress()))
            {
                return null;
            }

            if (checkAddress(connection) is Rejection rejection)
            {
                return rejection;
            }
        }

        connection.Deadline.Set(timeouts.Name, CloseReason.NameTimeout);
        Failed(connection, connection.Open());
        return null;
    }

    private bool Failed(Connection connection, TransportFault? fault)
    {
        if (fault is null)
        {
            return false;
        }

        // When the server stops, it waits no more for what the peer has yet to send.
        bool isStop = connection.Input.HasBegun && fault.Answer is null;
        if (connection.Reason == CloseReason.None && !isStop)
        {
            log.OpeningFailed(connection, fault.What);
        }

        if (fault.Answer is not null)
        {
            connection.Outbox.Append(Frame.Encode(fault.Answer));
        }

        connection.BeginGracefulClose(isStop ? CloseReason.ServerStopping : CloseReason.HandshakeFailed, timeouts.Drain);
        return true;
    }
}
