namespace ThreadedChat.ChatServer.Sending;

/// <summary>The far end of a send queue, as the writer sees it.</summary>
internal interface ISendTarget
{
    /// <summary>
    /// Hands over as many bytes as the peer takes now, and never waits. Returns how many; 0 where it takes none at the
    /// moment; less than 0 where the connection is lost.
    /// </summary>
    int Send(ReadOnlySpan<byte> bytes);

    /// <summary>All is sent, nothing will follow: tells the peer so.</summary>
    void EndSending();

    /// <summary>Cuts the connection. May be called more than once, from any thread.</summary>
    void Abort(CloseReason reason);
}
