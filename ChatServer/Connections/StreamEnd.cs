namespace ThreadedChat.ChatServer.Connections;

/// <summary>Whether the stream to a peer may end, once all is sent.</summary>
internal enum StreamEnd
{
    /// <summary>It may end.</summary>
    Now,

    /// <summary>The reader still serves, or the peer has yet to acknowledge something: ask again later.</summary>
    Later,

    /// <summary>Input was not served, so the connection is reset instead.</summary>
    Reset,
}
