namespace ThreadedChat.ChatCheck.Programs;

/// <summary>Starts the program under test, as often as needed.</summary>
internal interface IProgramSource
{
    /// <summary>Starts it once.</summary>
    /// <exception cref="CannotStartException">It cannot be started.</exception>
    IProgram Start(ProgramArguments arguments);
}
