using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// The members by their names, as names are compared. If names must be unique, a name has one holder: the member that has proved that the
/// name is its own, or else a guest. A part of <see cref="ReplicaState"/>: a function of the members that are there, in whichever order they were added.
/// </summary>
internal sealed class MemberNames
{
    private readonly Dictionary<string, ReplicaMember> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReplicaMember> _byLook = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReplicaMember> _owners = new(StringComparer.Ordinal);

    /// <summary>Those whose name another member holds: a guest that was there before the owner of the name. Usually nobody.</summary>
    private readonly List<ReplicaMember> _displaced = [];

    /// <summary>The member with this name; null also if names need not be unique.</summary>
    public ReplicaMember? Named(string name) => _byName.GetValueOrDefault(LookAlike.Key(name));

    /// <summary>The member that has proved that the name with this key is its own.</summary>
    public ReplicaMember? Owner(string key) => _owners.GetValueOrDefault(key);

    /// <summary>True if a member that is not added yet may have its name.</summary>
    public bool Allow(ReplicaMember member, ClusterSettings? settings) =>
        !AreUnique(settings) || member.Peer.IsAuthenticated || !LooksOf(member.Name, settings).Any(_byLook.ContainsKey);

    public void Add(ReplicaMember member, ClusterSettings? settings)
    {
        Hold(member, settings);
        if (member.Peer.IsAuthenticated)
        {
            _owners[member.Key] = member;
        }
    }

    public void Remove(ReplicaMember member, ClusterSettings? settings)
    {
        Forget(_owners, member.Key, member);
        Forget(_byName, member.Key, member);
        foreach (string look in LooksOf(member.Name, settings))
        {
            Forget(_byLook, look, member);
        }

        if (_displaced.Count > 0)
        {
            _displaced.Remove(member);
            ReplicaMember[] others = [.. _displaced];
            _displaced.Clear();
            Array.ForEach(others, other => Hold(other, settings));
        }
    }

    private static bool AreUnique(ClusterSettings? settings) => settings is { UniqueNames: true } or { StrictNames: true };

    private static string[] LooksOf(string name, ClusterSettings? settings) =>
        settings is { StrictNames: true } ? [.. LookAlike.Skeletons(name).Distinct()] : [LookAlike.Key(name)];

    private static void Forget(Dictionary<string, ReplicaMember> members, string key, ReplicaMember member)
    {
        if (members.GetValueOrDefault(key) == member)
        {
            members.Remove(key);
        }
    }

    private void Hold(ReplicaMember member, ClusterSettings? settings)
    {
        if (AreUnique(settings))
        {
            Array.ForEach(LooksOf(member.Name, settings), look => Hold(_byLook, look, member));
            Hold(_byName, member.Key, member);
        }
    }

    private void Hold(Dictionary<string, ReplicaMember> members, string key, ReplicaMember member)
    {
        ReplicaMember? holder = members.GetValueOrDefault(key);
        if (holder is null || (member.Peer.IsAuthenticated && holder != member))
        {
            members[key] = member;
        }

        if (holder is not null && holder != member)
        {
            ReplicaMember displaced = member.Peer.IsAuthenticated ? holder : member;
            if (!_displaced.Contains(displaced))
            {
                _displaced.Add(displaced);
            }
        }
    }
}
