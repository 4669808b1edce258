namespace ThreadedChat.ChatClient.Connection;

/// <summary>Why there is no connection although the server was reached.</summary>
/// <param name="Text">For the user, in one line.</param>
/// <param name="IsFinal">True if another attempt would end in the same way.</param>
internal sealed record ConnectFault(string Text, bool IsFinal);
