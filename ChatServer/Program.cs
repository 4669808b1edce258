using ThreadedChat.ChatServer;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common.Streams;

if (!OpenFiles.Suffice())
{
    return ServerExitCode.Failure;
}

StandardStreams.Open();
return args is [HistoryCommandLine.Switch, .. string[] rest]
    ? HistoryCommandLine.Run(rest, StandardStreams.Output, TimeZoneInfo.Local)
    : args is [AccountCommandLine.Switch, .. string[] account] ? AccountCommandLine.Run(account)
    : args is [AdminCommandLine.Switch, .. string[] admin] ? AdminCommandLine.Run(admin)
    : CommandLine.Run(args, ServerProgram.Run);
