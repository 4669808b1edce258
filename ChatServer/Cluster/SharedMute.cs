namespace ThreadedChat.ChatServer.Cluster;

/// <summary>Somebody who may not speak, on all servers.</summary>
/// <param name="Name">The name, or the mark for everybody, as names are compared.</param>
/// <param name="Until">When it ends, in milliseconds since 1970; 0: never.</param>
internal sealed record SharedMute(string Name, long Until)
{
    /// <summary>True if it has ended at a time.</summary>
    public bool IsOver(long now) => Until != 0 && Until <= now;
}
