using System.Net;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>A ban on all servers: of a name, of networks, or of both. Immutable.</summary>
/// <param name="Name">The name; empty for none.</param>
/// <param name="Networks">At most <see cref="MostNetworks"/>.</param>
/// <param name="Until">When it ends, in milliseconds since 1970; 0: never.</param>
/// <param name="By">The moderator.</param>
/// <param name="At">When it was made, in milliseconds since 1970.</param>
internal sealed record SharedBan(string Name, IReadOnlyList<IPNetwork> Networks, long Until, string By, long At)
{
    /// <summary>So that a ban is one command.</summary>
    public const int MostNetworks = 1_000;

    /// <summary>What the name is compared by; null without a name.</summary>
    public string? Key { get; } = Name.Length == 0 ? null : LookAlike.Key(Name);

    /// <summary>True if it has ended at a time.</summary>
    public bool IsOver(long now) => Until != 0 && Until <= now;

    /// <summary>True if it is of the same target, so that it takes the place of <paramref name="other"/>.</summary>
    public bool Replaces(SharedBan other) => Key == other.Key && (Key is not null || Networks.SequenceEqual(other.Networks));

    /// <summary>True for a client that it keeps out.</summary>
    public bool Covers(ReplicaMember member) =>
        Key == member.Key || (Networks.Count > 0 && IPAddress.TryParse(member.Peer.Address, out IPAddress? address) && Networks.Any(network => network.Contains(address)));
}
