using System.Runtime.InteropServices;
using ThreadedChat.ChatCheck;
using ThreadedChat.ChatCheck.CommandLine;
using ThreadedChat.ChatCheck.Reports;
using ThreadedChat.Common.Streams;

StandardWriter report = StandardStreams.Open();
FirstProcess.EndOn(PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT);

var output = new ReportWriter(Console.Out, ReportWriter.Locale);
var errors = new ReportWriter(Console.Error, ReportWriter.Locale);
int exitCode = CheckCommand.Run(args, output, errors, options => new CheckRun(options, output, errors, StandardStreams.Output.ShowsColours).Run());
if (report.Failure is string failure)
{
    errors.WriteLine($"Cannot print the report: {failure}");
    exitCode = exitCode == CheckExitCode.WrongArguments ? exitCode : CheckExitCode.CannotCheck;
}

return exitCode;
