using ThreadedChat.ChatCheck;
using ThreadedChat.ChatCheck.CommandLine;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>The checker's command line in this process.</summary>
internal static class CheckProgram
{
    /// <summary>Runs the checker with these arguments. Returns its exit code and its output.</summary>
    public static (int Code, string Output, string Errors) Run(params string[] arguments) =>
        Run(arguments, (options, output, errors) => new CheckRun(options, output, errors, useColours: false).Run());

    /// <summary>The same, but <paramref name="check"/> is called with the options, and no program is checked.</summary>
    public static (int Code, string Output, string Errors) Run(string[] arguments, Func<CheckOptions, int> check) =>
        Run(arguments, (options, _, _) => check(options));

    private static (int Code, string Output, string Errors) Run(string[] arguments, Func<CheckOptions, TextWriter, TextWriter, int> check)
    {
        var output = new StringWriter { NewLine = "\n" };
        var errors = new StringWriter { NewLine = "\n" };
        int code = CheckCommand.Run(arguments, output, errors, options => check(options, output, errors));
        return (code, output.ToString(), errors.ToString());
    }
}
