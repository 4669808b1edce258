using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Cases;

/// <summary>Makes the stages on which cases are played, one for each case.</summary>
internal interface IStages<TStage> : IDisposable
    where TStage : IDisposable
{
    /// <summary>Another group of cases begins.</summary>
    void BeginGroup();

    /// <summary>A stage for the next case.</summary>
    /// <exception cref="CaseFailedException">The program is not there.</exception>
    /// <exception cref="Running.CannotStartException">It cannot be started.</exception>
    TStage Build(CaseClock clock, Transcript transcript);

    /// <summary>How the program under test has ended, if that is what made a case fail.</summary>
    Text? Ending(TStage? stage);
}
