namespace ThreadedChat.ChatCheck.Programs;

/// <summary>The arguments and the environment of one start of a program.</summary>
/// <param name="Port">The port to listen on, or to connect to.</param>
/// <param name="Host">The host to connect to; a server needs none.</param>
/// <param name="Name">The name to chat under; only the chat client needs one.</param>
/// <param name="Streams">Its standard streams. Without pseudo-terminals they are always pipes.</param>
internal sealed record ProgramArguments(
    int Port, string Host = "", string Name = "", ProgramStreams Streams = ProgramStreams.OutputTerminal);
