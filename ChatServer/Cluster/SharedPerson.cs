using System.Net;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>A client of any server, as moderators see it.</summary>
internal sealed record SharedPerson(string Name, IPAddress Address, bool IsModerator)
{
    public static SharedPerson Of(ReplicaMember member) => new(
        member.Name, IPAddress.TryParse(member.Peer.Address, out IPAddress? address) ? address : IPAddress.None, member.IsModerator);
}
