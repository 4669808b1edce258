namespace ThreadedChat.ChatServer.Secure;

/// <summary>
/// Nothing has come that a read without a wait could take. SslStream passes it on and stays usable: what it had before is kept. It happens
/// when a fast stream becomes quiet, and not once for each read.
/// </summary>
internal sealed class NothingNowException : IOException;
