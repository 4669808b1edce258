namespace ThreadedChat.ChatServer.Connections;

/// <summary>Whether there is a place for a connection, and if not, whose limit that is.</summary>
internal enum AdmissionLimit
{
    /// <summary>There is a place.</summary>
    None,

    /// <summary>The server has as many connections as it may have.</summary>
    Server,

    /// <summary>The address has as many connections as it may have, or makes too many.</summary>
    Address,
}
