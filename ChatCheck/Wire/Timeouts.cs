namespace ThreadedChat.ChatCheck.Wire;

/// <summary>
/// The limits of waits. They decide how soon a fault is declared. A correct answer is accepted at once, whatever the limits are.
/// </summary>
internal sealed record Timeouts
{
    /// <summary>The default of <see cref="Start"/>.</summary>
    public static readonly TimeSpan UsualStart = TimeSpan.FromSeconds(60);

    /// <summary>For an answer, a delivery, a line on the screen, the end of a program.</summary>
    public TimeSpan Reply { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// For what must come, if the program is seen to have nothing to do after it (<see cref="CaseClock.ForAnswer"/>): it will not come. Null is
    /// <see cref="Reply"/>.
    /// </summary>
    public TimeSpan? Brief { get; init; }

    /// <summary>For the rest of a message after its first part.</summary>
    public TimeSpan Rest => Reply / 3;

    /// <summary>
    /// For a program to start: for a server to listen, for a client to connect or to say that it cannot. Some compile first.
    /// </summary>
    public TimeSpan Start { get; init; } = UsualStart;

    /// <summary>The same for a client after one that did not connect in time at all.</summary>
    public TimeSpan NextStart => Reply * 5;

    /// <summary>For a whole case.</summary>
    public TimeSpan Case => Reply * 10;

    /// <summary>
    /// The silence that counts as no answer, for a server that answers no question at all
    /// (<see cref="FenceStyle.Quiet"/>).
    /// </summary>
    public TimeSpan Quiet => Reply / 10;

    /// <summary>
    /// For a program to die of an attack: an exception in one thread, or a list that is read later, ends
    /// it some time after the fact.
    /// </summary>
    public TimeSpan LateDeath { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A server that starts within this time is started anew for each case. One that takes longer is shared by the cases of a
    /// group, and a case that fails there is played again on a server of its own.
    /// </summary>
    public TimeSpan QuickStart { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Most cases take less. If a server needs more time to start, two are started ahead.</summary>
    public TimeSpan SlowStart { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a program is looked at that has nothing to do.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>For a whole run: the cases for which no time is left are not played.</summary>
    public TimeSpan Whole { get; init; } = TimeSpan.FromDays(1);

    /// <summary>For all that is played again because something failed, in a whole run.</summary>
    public TimeSpan Again { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>For all repeated plays of cases that passed, in a whole run.</summary>
    public TimeSpan Doubt { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For the other side to read the sent bytes, the end of the stream too, before the next step.</summary>
    public TimeSpan Delivery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>For the other side to end a connection that was ended here, if its reading cannot be observed.</summary>
    public TimeSpan Goodbye { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Between a message and the following question, so that they arrive as two receives, if reading cannot be observed:
    /// whether the first was read.
    /// </summary>
    public TimeSpan BeforeQuestion { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>As <see cref="BeforeQuestion"/>, between two pieces of one message.</summary>
    public TimeSpan BetweenPieces { get; init; } = TimeSpan.FromMilliseconds(20);
}
