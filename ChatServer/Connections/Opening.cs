using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>What a reader does before it receives: learns whose connection it is, and agrees with the peer on what is spoken.</summary>
/// <param name="checkAddress">Decides about an address that was not known before: null if it may stay.</param>
/// <param name="drainTimeout">How long a peer with which this failed has to close.</param>
/// <param name="log">Where failures are noted.</param>
internal sealed class Opening(Func<Connection, Rejection?> checkAddress, TimeSpan drainTimeout, ClientLog log)
{
    /// <summary>
    /// If this fails the connection is ending when it returns, and what the peer still sends is to be dropped. Where the address may not stay
    /// nothing has changed: the result says why.
    /// </summary>
    public Rejection? Open(Connection connection)
    {
        if (!connection.IsAddressKnown)
        {
            if (Failed(connection, connection.ReadAddress()))
            {
                return null;
            }

            if (checkAddress(connection) is Rejection rejection)
            {
                return rejection;
            }
        }

        Failed(connection, connection.Open());
        return null;
    }

    private bool Failed(Connection connection, TransportFault? fault)
    {
        if (fault is null)
        {
            return false;
        }

        if (connection.Reason == CloseReason.None)
        {
            log.OpeningFailed(connection, fault.What);
        }

        if (fault.Answer is not null)
        {
            connection.Outbox.Append(Frame.Encode(fault.Answer));
        }

        connection.BeginGracefulClose(CloseReason.HandshakeFailed, drainTimeout);
        return true;
    }
}
