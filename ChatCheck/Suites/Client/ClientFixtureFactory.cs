using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Client;

/// <summary>Gives every case a client of its own, and a server for it.</summary>
internal sealed class ClientFixtureFactory(IProgramSource source, Timeouts timeouts) : IFixtureFactory<ClientFixture>
{
    private readonly StartTimes _starts = new(timeouts);
    private bool _isFirst = true;

    /// <summary>Whether clients may be used by two threads at the same time.</summary>
    public bool AllowsTwo { get; init; }

    /// <inheritdoc/>
    public bool IsAlone => true;

    /// <inheritdoc/>
    public bool CanRepeat => true;

    /// <inheritdoc/>
    public Text? Hopeless => _starts.NeverConnected;

    /// <inheritdoc/>
    public void BeginGroup()
    {
        // Nothing lasts longer than a case.
    }

    /// <inheritdoc/>
    public ClientFixture Build(CaseClock clock, Transcript transcript, ProgramUse use)
    {
        var fixture = new ClientFixture(source, clock, transcript, _starts, _isFirst);
        _isFirst = false;
        return fixture;
    }

    /// <inheritdoc/>
    public IFixtureFactory<ClientFixture>? OpenAnother() =>
        AllowsTwo ? new ClientFixtureFactory(source, timeouts) { _isFirst = false } : null;

    /// <inheritdoc/>
    public ProgramEnd? Ending(ClientFixture? fixture) => fixture?.Ending(timeouts.Rest / 2);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing lasts longer than a case.
    }
}
