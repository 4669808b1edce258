namespace ThreadedChat.ChatServer.Moderation;

/// <summary>The chat that several servers form cannot be reached, so it is not known whether an action was done.</summary>
internal sealed class ChatUnreachableException() : Exception("The chat cannot be reached.");
