using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>Makes the fixtures on which cases are played, one for each play.</summary>
internal interface IFixtureFactory<TFixture> : IDisposable
    where TFixture : IDisposable
{
    /// <summary>
    /// Whether the last fixture had a program of its own, which no other case has used; also if it could not have one. What
    /// fails on any other may be the fault of a case before.
    /// </summary>
    bool IsAlone { get; }

    /// <summary>Whether to play a case once more costs little, and leaves nothing behind.</summary>
    bool CanRepeat { get; }

    /// <summary>The sign that nothing of the program works, so that no case needs to be played; null if there is none.</summary>
    Text? Hopeless { get; }

    /// <summary>Another group of cases begins.</summary>
    void BeginGroup();

    /// <summary>Nothing is played for a while: what uses processors without being asked ends.</summary>
    void Rest()
    {
    }

    /// <summary>A fixture for the next play; the time of the clock begins when the fixture is ready.</summary>
    /// <param name="clock">The time of the play.</param>
    /// <param name="transcript">The transcript of the case.</param>
    /// <param name="use">Which program it needs.</param>
    /// <exception cref="CaseFailedException">The program is not there.</exception>
    /// <exception cref="Programs.CannotStartException">It cannot be started.</exception>
    TFixture Build(CaseClock clock, Transcript transcript, ProgramUse use);

    /// <summary>
    /// A factory whose programs are others, for plays at the same time; null if there is none, or if they would disturb each other. To be
    /// called after the first play.
    /// </summary>
    IFixtureFactory<TFixture>? OpenAnother() => null;

    /// <summary>How the program under test has ended, if that is what made a case fail.</summary>
    ProgramEnd? Ending(TFixture? fixture);
}
