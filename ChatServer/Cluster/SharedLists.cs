using System.Net;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// The bans and mutes of all servers. Immutable. The replica compares their ends with the time in a command, and never with a clock, so that
/// all replicas decide the same. A server enforces one until its own clock has passed the end.
/// </summary>
internal sealed record SharedLists(IReadOnlyList<SharedBan> Bans, IReadOnlyList<SharedMute> Mutes)
{
    /// <summary>The limit of bans, and of mutes: each new connection is compared with all bans.</summary>
    public const int Most = 10_000;

    /// <summary>The limit of networks of all bans together.</summary>
    private const int MostNetworks = 4 * Most;

    public static readonly SharedLists None = new([], []);

    /// <summary>With a ban, in place of one of the same target; null if there are too many.</summary>
    public SharedLists? With(SharedBan ban)
    {
        SharedBan[] others = [.. Bans.Where(other => !other.IsOver(ban.At) && !ban.Replaces(other))];
        return others.Length >= Most || others.Sum(other => other.Networks.Count) + ban.Networks.Count > MostNetworks
            ? null
            : this with { Bans = [.. others, ban] };
    }

    /// <summary>Without the bans of a name, or those with exactly a network, and how many these were.</summary>
    public (SharedLists Lists, int Removed) WithoutBans(string? key, IPNetwork? network, long now)
    {
        SharedBan[] before = [.. Bans.Where(ban => !ban.IsOver(now))];
        SharedBan[] after =
            [.. before.Where(ban => !(key is not null && ban.Key == key) && !(network is IPNetwork one && ban.Networks.Contains(one)))];
        return (this with { Bans = after }, before.Length - after.Length);
    }

    /// <summary>With a mute, in place of one of the same name; null if there are too many.</summary>
    public SharedLists? With(SharedMute mute, long now)
    {
        SharedMute[] others = [.. Mutes.Where(other => !other.IsOver(now) && other.Name != mute.Name)];
        return others.Length >= Most ? null : this with { Mutes = [.. others, mute] };
    }

    /// <summary>Without the mute of a name, and how many these were.</summary>
    public (SharedLists Lists, int Removed) WithoutMute(string name, long now)
    {
        SharedMute[] before = [.. Mutes.Where(mute => !mute.IsOver(now))];
        SharedMute[] after = [.. before.Where(mute => mute.Name != name)];
        return (this with { Mutes = after }, before.Length - after.Length);
    }
}
