using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Client;

/// <summary>Gives every case a client of its own, and a server for it.</summary>
internal sealed class ClientStages(IProgramSource source, Patience patience) : IStages<ClientStage>
{
    private readonly StartTimes _starts = new(patience);
    private bool _isFirst = true;

    /// <inheritdoc/>
    public bool IsAlone => true;

    /// <inheritdoc/>
    public bool CanRepeat => true;

    /// <inheritdoc/>
    public void BeginGroup()
    {
        // Nothing lasts longer than a case.
    }

    /// <inheritdoc/>
    public ClientStage Build(CaseClock clock, Transcript transcript, bool alone)
    {
        var stage = new ClientStage(source, clock, transcript, _starts, _isFirst);
        _isFirst = false;
        return stage;
    }

    /// <inheritdoc/>
    public Text? Ending(ClientStage? stage) => stage?.Ending(patience.Rest / 2);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing lasts longer than a case.
    }
}
