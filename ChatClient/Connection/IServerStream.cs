namespace ThreadedChat.ChatClient.Connection;

/// <summary>The bytes of a blocking connection to a server. One thread receives and one sends.</summary>
internal interface IServerStream : IDisposable
{
    /// <summary>True if there are bytes to receive, or the end of the stream, or the connection is lost, within <paramref name="wait"/>.</summary>
    bool AwaitBytes(TimeSpan wait);

    /// <summary>Waits for bytes and returns their number; 0 at the end of the stream.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The connection is lost.</exception>
    int Receive(Span<byte> buffer);

    /// <summary>Sends all bytes; waits while the server takes none.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The connection is lost, or the server has ended it.</exception>
    void Send(ReadOnlySpan<byte> bytes);

    /// <summary>Tells the server that nothing more will be sent.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The server has closed the connection already.</exception>
    void EndSending();

    /// <summary>How many of the bytes given to <see cref="Send"/> have arrived, from the number of bytes that TCP has had acknowledged since it connected.</summary>
    long Arrived(long acknowledged);
}
