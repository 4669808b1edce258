namespace ThreadedChat.ChatClient.Connection;

/// <summary>Why a server rejects this client. The server sends the reason as its only frame, and closes.</summary>
internal enum ServerRejection
{
    /// <summary>The server has not rejected the client, or the reason is unknown.</summary>
    None,

    /// <summary>The name is not valid, or not for this client.</summary>
    NameRefused,

    /// <summary>Another connection has the name. After a lost connection that may be the old connection of this client.</summary>
    NameInUse,

    /// <summary>The server is full at the moment.</summary>
    ServerFull,
}
