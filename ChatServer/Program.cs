using ThreadedChat.ChatServer;
using ThreadedChat.Common.Streams;

StandardStreams.Open();
return args is [HistoryCommandLine.Switch, .. string[] rest]
    ? HistoryCommandLine.Run(rest, StandardStreams.Output, TimeZoneInfo.Local)
    : CommandLine.Run(args, ServerProgram.Run);
