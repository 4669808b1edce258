using ThreadedChat.ChatServer;

return CommandLine.Run(args, ServerProgram.Run);
