using ThreadedChat.ChatServer;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common.Streams;

if (!OpenFiles.Suffice())
{
    return ServerProgram.Failure;
}

StandardStreams.Open();
return args is [HistoryCommandLine.Switch, .. string[] rest]
    ? HistoryCommandLine.Run(rest, StandardStreams.Output, TimeZoneInfo.Local)
    : CommandLine.Run(args, ServerProgram.Run);
