namespace ThreadedChat.ChatServer.Connections;

/// <summary>Whether the stream to a peer may end, once all is sent.</summary>
internal enum StreamEnd
{
    /// <summary>It may end.</summary>
    Now,

    /// <summary>The peer has yet to acknowledge something: ask again later.</summary>
    Later,

    /// <summary>Input was dropped, so the connection is reset instead.</summary>
    Reset,
}
