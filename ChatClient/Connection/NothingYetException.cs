namespace ThreadedChat.ChatClient.Connection;

/// <summary>A wait for bytes has reached its limit. SslStream passes it on and stays usable.</summary>
internal sealed class NothingYetException() : IOException("no answer");
