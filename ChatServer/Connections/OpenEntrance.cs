using System.Net;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>Lets everybody in whose name can be had: a server without accounts and without bans.</summary>
internal sealed class OpenEntrance(Dispatcher dispatcher) : IEntrance
{
    public Rejection? Rejects(IPAddress address) => null;

    public Participant? Admit(Connection connection, ReadOnlySpan<byte> firstFrame, string? authenticatedName) =>
        dispatcher.Admit(firstFrame, connection.Outbox, AddressPath.Of(connection.Address));

    public ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> firstFrame) => firstFrame;

    public void Departed(Participant participant)
    {
    }
}
