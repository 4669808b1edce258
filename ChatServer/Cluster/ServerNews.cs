namespace ThreadedChat.ChatServer.Cluster;

/// <summary>Another server has come or has left. For the log of this server.</summary>
internal readonly record struct ServerNews(long Incarnation, bool HasCome, bool InOrder = false);
