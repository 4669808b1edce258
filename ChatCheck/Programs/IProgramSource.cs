namespace ThreadedChat.ChatCheck.Programs;

/// <summary>Starts what is checked, as often as it takes.</summary>
internal interface IProgramSource
{
    /// <summary>Starts it once.</summary>
    /// <exception cref="CannotStartException">It cannot be started.</exception>
    IProgram Start(ProgramArguments arguments);
}
