using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>What a reader does before it receives: learns whose connection it is, and agrees with the peer on what is spoken.</summary>
/// <param name="checkAddress">Decides about an address that was not known before: null if it may stay.</param>
/// <param name="drainTimeout">How long a peer with which this failed has to close.</param>
/// <param name="log">Where failures are noted.</param>
internal sealed class Opening(Func<Connection, Rejection?> checkAddress, TimeSpan drainTimeout, ClientLog log)
{
    /// <summary>If this fails the connection is ending when it returns, and what the peer still sends is to be dropped.</summary>
    public void Open(Connection connection)
    {
        if (!connection.IsAddressKnown && (Failed(connection, connection.ReadAddress()) || IsRejected(connection)))
        {
            return;
        }

        Failed(connection, connection.Open());
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

        Close(connection, CloseReason.HandshakeFailed, fault.Answer);
        return true;
    }

    private bool IsRejected(Connection connection)
    {
        if (checkAddress(connection) is not Rejection rejection)
        {
            return false;
        }

        Close(
            connection,
            rejection.IsServerFull ? CloseReason.ServerFull : CloseReason.AddressLimit,
            rejection.IsServerFull ? ProtocolText.ServerFull : ProtocolText.TooManyFromAddress);
        return true;
    }

    private void Close(Connection connection, CloseReason reason, string? text)
    {
        if (text is not null)
        {
            connection.Outbox.Append(Frame.Encode(text));
        }

        connection.BeginGracefulClose(reason, drainTimeout);
    }
}
