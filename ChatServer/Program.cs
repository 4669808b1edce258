using ThreadedChat.ChatServer;
using ThreadedChat.Common.Streams;

StandardStreams.Open();
return CommandLine.Run(args, ServerProgram.Run);
