using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>The program under test.</summary>
/// <param name="Command">The command that starts it; null where it runs already.</param>
/// <param name="Host">Where it runs; not used where there is a command.</param>
/// <param name="Port">The port where it runs; not used where there is a command.</param>
internal sealed record ProgramTarget(CommandTemplate? Command, string Host = "", int Port = 0)
{
    public IProgramSource Source =>
        new CommandSource(Command ?? throw new InvalidOperationException("There is no command that starts the program."));

    /// <exception cref="CannotStartException">No server answers there.</exception>
    public IServerHost OpenServer(Timeouts timeouts) =>
        Command is null ? new ForeignServer(Host, Port) : new StartedServer(Source, timeouts);
}
