using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Basic;

/// <summary>Gives every case a new server of part 0, so that the outputs of two cases are not mixed.</summary>
internal sealed class BasicServerFixtureFactory(StartedServer host, Timeouts timeouts) : IFixtureFactory<BasicServerFixture>
{
    /// <inheritdoc/>
    public bool IsAlone => true;

    /// <inheritdoc/>
    public bool CanRepeat => true;

    /// <inheritdoc/>
    public Text? Hopeless => null;

    /// <inheritdoc/>
    public void BeginGroup()
    {
        // Nothing lasts longer than a case.
    }

    /// <inheritdoc/>
    public BasicServerFixture Build(CaseClock clock, Transcript transcript, ProgramUse use)
    {
        host.Renew();
        host.EnsureStarted();
        host.PrepareNext();
        clock.WatchProgram = Settling.WatchFor(host.ProcessId);
        clock.Restart();
        return new BasicServerFixture(host, clock, transcript);
    }

    /// <inheritdoc/>
    public ProgramEnd? Ending(BasicServerFixture? fixture) => host.Ending(timeouts.Rest / 2);

    /// <inheritdoc/>
    public void Dispose() => host.Dispose();
}
