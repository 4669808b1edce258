using System.Runtime.InteropServices;
using ThreadedChat.ChatCheck;
using ThreadedChat.ChatCheck.CommandLine;
using ThreadedChat.Common.Streams;

StandardWriter report = StandardStreams.Open();
FirstProcess.EndOn(PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT);

// Colours are for terminals that have them, and for people who want them (https://no-color.org).
bool useColours = StandardStreams.Output.IsTerminal
    && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb")
    && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

int exitCode = CheckCommand.Run(
    args, Console.Out, Console.Error, options => new CheckRun(options, Console.Out, Console.Error, useColours).Run());
if (report.Failure is string failure)
{
    Console.Error.WriteLine($"Cannot print the report: {failure}");
    exitCode = exitCode == ExitCode.WrongArguments ? exitCode : ExitCode.CannotCheck;
}

return exitCode;
