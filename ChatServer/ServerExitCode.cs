using ThreadedChat.Common.Arguments;

namespace ThreadedChat.ChatServer;

/// <summary>The exit codes of the server and of the other command lines in its program (docs/options.md).</summary>
internal static class ServerExitCode
{
    public const int Success = 0;

    /// <summary>The reason is in one line on standard error or in the log.</summary>
    public const int Failure = 1;

    public const int WrongArguments = 2;

    /// <summary>Prints what is wrong with the arguments, in one line. Returns <see cref="WrongArguments"/>.</summary>
    public static int Reject(string wrong)
    {
        Console.Error.WriteLine($"{ArgumentForms.OneLine(wrong)} (--help shows all options)");
        return WrongArguments;
    }
}
