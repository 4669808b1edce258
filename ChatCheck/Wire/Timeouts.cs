namespace ThreadedChat.ChatCheck.Wire;

/// <summary>
/// How long is waited for what. The limits decide how soon a fault is declared; what is right is told at once, whatever
/// they are.
/// </summary>
internal sealed record Timeouts
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

    /// <summary>
    /// For a program to die of what was done to it: an exception in one thread, or a list that is gone through later, ends
    /// it some time after the fact.
    /// </summary>
    public TimeSpan LateDeath { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A server that starts within this time is started anew for each case. One that takes longer is shared by the cases of a
    /// group, and what fails there is played again on a server of its own.
    /// </summary>
    public TimeSpan QuickStart { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>For a whole run: the cases for which no time is left are not played.</summary>
    public TimeSpan Whole { get; init; } = TimeSpan.FromDays(1);

    /// <summary>For all that is played again because something failed, in a whole run.</summary>
    public TimeSpan Again { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>For all that is played again though it passed, in a whole run.</summary>
    public TimeSpan Doubt { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For the other side to read what was sent, the end of the stream too, before something else is done to it.</summary>
    public TimeSpan Delivery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>For the other side to end a connection that was ended here, where it cannot be seen whether it has read that.</summary>
    public TimeSpan Goodbye { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Between what somebody says and the question whether more is coming, so that they arrive as two, where it cannot be seen
    /// whether the first was read.
    /// </summary>
    public TimeSpan BeforeQuestion { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>As <see cref="BeforeQuestion"/>, between two pieces of one message.</summary>
    public TimeSpan BetweenPieces { get; init; } = TimeSpan.FromMilliseconds(20);
}
