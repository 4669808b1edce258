using ThreadedChat.ChatCheck;
using ThreadedChat.ChatCheck.CommandLine;
using ThreadedChat.ChatCheck.Reporting;

// Colours are for terminals, and for people who want them (https://no-color.org).
bool useColours = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

var output = new ReportWriter(Console.Out, ReportWriter.Locale);
var errors = new ReportWriter(Console.Error, ReportWriter.Locale);
return CheckCommand.Run(args, output, errors, options => new CheckRun(options, output, errors, useColours).Run());
