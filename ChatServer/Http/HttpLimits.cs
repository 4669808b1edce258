namespace ThreadedChat.ChatServer.Http;

/// <summary>The limits of one HTTP port.</summary>
/// <param name="Heads">Connections at a time whose request has not arrived as a whole.</param>
/// <param name="Pages">Answers at a time of the kind <see cref="HttpKind.Page"/>.</param>
/// <param name="Checks">The same for <see cref="HttpKind.Check"/>.</param>
/// <param name="Streams">The same for <see cref="HttpKind.Stream"/>.</param>
/// <param name="Request">Time for a whole request.</param>
/// <param name="Piece">Time that the other side may take for one piece of an answer. A slower connection is closed.</param>
/// <param name="End">Time for the end of a connection after its answer.</param>
internal sealed record HttpLimits(int Heads, int Pages, int Checks, int Streams, TimeSpan Request, TimeSpan Piece, TimeSpan End)
{
    /// <summary>Files that they may need: one for each connection, one for the port, one for a connection that takes the place of another.</summary>
    public int Files => Heads + Pages + Checks + Streams + 2;

    /// <summary>Threads that they may need: one for each answer.</summary>
    public int Threads => Pages + Checks + Streams;

    /// <summary>The limits of the server.</summary>
    public static readonly HttpLimits Default = new(
        Heads: 24, Pages: 16, Checks: 8, Streams: 12, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));

    /// <summary>How many answers of a kind there may be at a time.</summary>
    public int Of(HttpKind kind) => kind switch
    {
        HttpKind.Check => Checks,
        HttpKind.Stream => Streams,
        _ => Pages,
    };
}
