namespace ThreadedChat.ChatCheck.CommandLine;

/// <summary>The exit codes of the checker.</summary>
internal static class CheckExitCode
{
    /// <summary>Every required case passes.</summary>
    public const int Passed = 0;

    /// <summary>Some required case does not pass.</summary>
    public const int Failed = 1;

    /// <summary>The arguments are wrong.</summary>
    public const int WrongArguments = 2;

    /// <summary>The program to check cannot be started or reached, or the report cannot be written.</summary>
    public const int CannotCheck = 3;
}
