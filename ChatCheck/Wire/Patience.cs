namespace ThreadedChat.ChatCheck.Wire;

/// <summary>
/// How long is waited for what. The limits decide how soon a fault is declared; what is right is told at once, whatever
/// they are.
/// </summary>
internal sealed record Patience
{
    /// <summary><see cref="Start"/> unless it is told.</summary>
    public static readonly TimeSpan UsualStart = TimeSpan.FromSeconds(60);

    /// <summary>For an answer, a delivery, a line on the screen, the end of a program.</summary>
    public TimeSpan Reply { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>For the rest of a message of which a part has come.</summary>
    public TimeSpan Rest => Reply / 3;

    /// <summary>
    /// For a program to start: for a server to listen, for a client to connect or to say that it cannot. Some compile first.
    /// </summary>
    public TimeSpan Start { get; init; } = UsualStart;

    /// <summary>The same for a client after one that did not connect in time at all.</summary>
    public TimeSpan NextStart => Reply * 5;

    /// <summary>For a whole case, whatever happens in it.</summary>
    public TimeSpan Case => Reply * 10;

    /// <summary>
    /// How long nothing has to come before nothing is taken to come, from a server that answers no question at all
    /// (<see cref="FenceStyle.Quiet"/>).
    /// </summary>
    public TimeSpan Quiet => Reply / 10;

    /// <summary>For the other side to end a connection that was ended here.</summary>
    public TimeSpan Goodbye { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Between what somebody says and the question whether more is coming, so that they arrive as two.</summary>
    public TimeSpan BeforeQuestion { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Between two pieces of one message, so that they arrive as two.</summary>
    public TimeSpan BetweenPieces { get; init; } = TimeSpan.FromMilliseconds(20);
}
