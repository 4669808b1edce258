using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>Why a connection is rejected.</summary>
/// <param name="IsServerFull">True if the server is full; false if the reason concerns the address of the client: a limit or a ban.</param>
/// <param name="Reason">Which limit, or a ban.</param>
/// <param name="Why">The same with its value, for the log.</param>
internal sealed record Rejection(bool IsServerFull, RejectionReason Reason, string Why)
{
    /// <summary>The text for the peer, and the reason of the end of its connection.</summary>
    public (string Text, CloseReason Reason) Answer => this switch
    {
        { Reason: RejectionReason.Banned } => (AccountText.Banned, CloseReason.Banned),
        { IsServerFull: false } => (ProtocolText.TooManyFromAddress, CloseReason.AddressLimit),
        _ => (ProtocolText.ServerFull, CloseReason.ServerFull),
    };
}
