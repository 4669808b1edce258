namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// Is told what the log does, in its order. The calls come under the lock of the replica: they never block for longer than a
/// short critical section. Those that cause deliveries return the number of bytes.
/// </summary>
internal interface IReplicaListener
{
    void ServerCame(ReplicaServer server);

    /// <summary>Its members have left before.</summary>
    void ServerLeft(ReplicaServer server, bool inOrder);

    void Created(ReplicaChannel channel);

    void Removed(ReplicaChannel channel);

    void Arrived(ReplicaMember member);

    void Departed(ReplicaMember member);

    /// <summary>The member is in the channel from now on.</summary>
    long Entered(ReplicaMember member, ReplicaChannel channel);

    /// <summary>The member is not in the channel any more.</summary>
    long Left(ReplicaMember member, ReplicaChannel channel);

    long Said(ReplicaMember member, ReplicaChannel channel, ReadOnlyMemory<byte> frames);

    /// <summary>The chat takes out a member, which is still connected to its server. <see cref="Departed"/> follows.</summary>
    void Ended(ReplicaMember member, EndCause cause, string text);

    /// <summary>A channel is about to be removed: its members get a frame, and are members no more. <see cref="Removed"/> follows.</summary>
    void Closed(ReplicaChannel channel, ReadOnlyMemory<byte> notice);

    /// <summary>All clients get frames.</summary>
    void Announced(ReadOnlyMemory<byte> frames);

    long Written(ReplicaMember member, ReplicaMember receiver, ReadOnlyMemory<byte> frames);
}
