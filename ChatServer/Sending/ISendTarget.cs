namespace ThreadedChat.ChatServer.Sending;

/// <summary>The far end of a send queue, as the writer sees it.</summary>
internal interface ISendTarget
{
    /// <summary>The number of the connection, for the log and the live page; 0 where there is none.</summary>
    long Id => 0;

    /// <summary>
    /// Sends as many bytes as the peer takes now, without waiting. Returns how many; 0 if it takes none at the
    /// moment; less than 0 if the connection is lost.
    /// </summary>
    int Send(ReadOnlySpan<byte> bytes);

    /// <summary>Everything was sent: ends the stream to the peer, without waiting. False if the peer does not take that now: try again.</summary>
    bool EndSending();

    /// <summary>Aborts the connection. May be called more than once, from any thread. The queue closes itself.</summary>
    void Abort(CloseReason reason);
}
