namespace ThreadedChat.ChatServer.Cluster;

/// <summary>Another server has come or has left, for the log.</summary>
internal readonly record struct ServerNews(long Incarnation, bool HasCome, bool InOrder = false);
