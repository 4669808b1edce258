using ThreadedChat.ChatServer;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common.Streams;

if (!OpenFiles.Suffice())
{
    return ServerProgram.Failure;
}

StandardStreams.Open();
return CommandLine.Run(args, ServerProgram.Run);
