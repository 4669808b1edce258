using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Live;

/// <summary>One connection, as the live page shows it. Two rows are equal if the page looks the same with either.</summary>
/// <param name="Id">The number of the connection, as in the log.</param>
/// <param name="Name">The name of the client; null if it has none or it is not shown.</param>
/// <param name="Channel">The number of its channel; 0: none.</param>
/// <param name="State">What its reader thread does.</param>
/// <param name="WaitsFor">What it waits for.</param>
/// <param name="Member">The number of the connection that it waits for; 0: none.</param>
/// <param name="Partial">Bytes of the frame that is not complete yet.</param>
/// <param name="Queued">Bytes in its send queue.</param>
/// <param name="IsCongested">True if its send queue is above the soft limit: it reads less than is sent to it.</param>
internal readonly record struct ClientRow(
    long Id,
    string? Name,
    long Channel,
    ReaderState State,
    SenderWaitKind WaitsFor,
    long Member,
    int Partial,
    int Queued,
    bool IsCongested);
