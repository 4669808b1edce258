using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>The program under test.</summary>
/// <param name="Source">Starts it; null if it runs already.</param>
/// <param name="Host">The host; not used if the checker starts the program.</param>
/// <param name="Port">The port; not used if the checker starts the program.</param>
internal sealed record ProgramTarget(IProgramSource? Source, string Host = "", int Port = 0)
{
    /// <summary>Whether two programs may be used at the same time, where that saves time.</summary>
    public bool AllowsTwo { get; init; }

    /// <summary>Starts the program, for a suite that cannot check a running one.</summary>
    public IProgramSource NeededSource => Source ?? throw new InvalidOperationException("There is no command that starts the program.");

    /// <exception cref="CannotStartException">No server answers there.</exception>
    public IServerHost OpenServer(Timeouts timeouts) =>
        Source is null ? new ForeignServer(Host, Port) : new StartedServer(Source, timeouts);
}
