namespace ThreadedChat.ChatServer.Http;

/// <summary>What one HTTP port may cost.</summary>
/// <param name="Connections">Connections at a time. For one more, the one that has been there longest is closed, except streams.</param>
/// <param name="Request">Time for a whole request.</param>
/// <param name="Piece">Time that the other side may take for one piece of an answer. What is slower is not served.</param>
/// <param name="End">Time for the end of a connection after its answer.</param>
internal sealed record HttpLimits(int Connections, TimeSpan Request, TimeSpan Piece, TimeSpan End)
{
    /// <summary>Files that they may need: one for each connection, one for the port, one for a connection that takes the place of another.</summary>
    public int Files => Connections + 2;

    /// <summary>Those of the server.</summary>
    public static readonly HttpLimits Default = new(32, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));
}
