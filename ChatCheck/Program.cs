using ThreadedChat.ChatCheck;
using ThreadedChat.ChatCheck.CommandLine;

// Colours are for terminals, and for people who want them (https://no-color.org).
bool useColours = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

return CheckCommand.Run(
    args, Console.Out, Console.Error, options => new CheckRun(options, Console.Out, Console.Error, useColours).Run());
