using System.Runtime.InteropServices;
using ThreadedChat.ChatCheck.Reports;
using ThreadedChat.ChatGrade;
using ThreadedChat.ChatGrade.CommandLine;
using ThreadedChat.Common.Streams;

StandardWriter report = StandardStreams.Open();
FirstProcess.EndOn(PosixSignal.SIGHUP, PosixSignal.SIGQUIT);

var output = new ReportWriter(Console.Out, ReportWriter.Locale);
var errors = new ReportWriter(Console.Error, ReportWriter.Locale);
int exitCode = GradeCommand.Run(args, output, errors, new Actions(output, errors, StandardStreams.Error.IsTerminal));
if (report.Failure is string failure)
{
    errors.WriteLine($"Cannot print the table: {failure}");
    exitCode = exitCode == GradeExit.Graded ? GradeExit.CannotGrade : exitCode;
}

return exitCode;
