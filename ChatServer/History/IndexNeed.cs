namespace ThreadedChat.ChatServer.History;

/// <summary>How many of the messages that were written are added to the search index now.</summary>
internal enum IndexNeed
{
    /// <summary>None: messages come fast. All of them if too many wait.</summary>
    Later,

    /// <summary>Some: there is time.</summary>
    Some,

    /// <summary>All: somebody searches.</summary>
    All,
}
