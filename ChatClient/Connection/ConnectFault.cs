namespace ThreadedChat.ChatClient.Connection;

/// <summary>Why there is no connection, where the server was reached.</summary>
/// <param name="Text">For the user, in one line.</param>
/// <param name="IsFinal">True where another attempt would end in the same way.</param>
internal sealed record ConnectFault(string Text, bool IsFinal);
