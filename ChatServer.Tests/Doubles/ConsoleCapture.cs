namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>Catches what code writes on the console. The console is the process's: only for tests that run alone.</summary>
internal static class ConsoleCapture
{
    /// <summary>Runs <paramref name="program"/>. Returns its exit code and its output.</summary>
    public static (int ExitCode, string Output, string Error) Run(Func<int> program)
    {
        (TextWriter output, TextWriter error) = (Console.Out, Console.Error);
        using var capturedOutput = new StringWriter();
        using var capturedError = new StringWriter();
        try
        {
            Console.SetOut(capturedOutput);
            Console.SetError(capturedError);
            int exitCode = program();
            return (exitCode, capturedOutput.ToString(), capturedError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
