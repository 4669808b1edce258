using ThreadedChat.ChatServer.Cluster;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>Bans and mutes as the log of several servers has them, and back.</summary>
internal static class SharedForm
{
    /// <summary>Characters of the name of a moderator: more than a name may have only stand in a file that somebody has written.</summary>
    private const int MostBy = 64;

    public static SharedBan Of(Ban ban) => new(
        ban.Name ?? "",
        [.. ban.Networks.Take(SharedBan.MostNetworks)],
        Of(ban.Until),
        ban.By.Length > MostBy ? ban.By[..MostBy] : ban.By,
        ban.At.ToUnixTimeMilliseconds());

    public static Ban Of(SharedBan ban) =>
        new(ban.Name.Length == 0 ? null : ban.Name, ban.Networks, TimeOf(ban.Until), ban.By, TimeOf(ban.At) ?? DateTimeOffset.UnixEpoch);

    /// <summary>Milliseconds since 1970; 0 for never.</summary>
    public static long Of(DateTimeOffset? until) => until?.ToUnixTimeMilliseconds() ?? 0;

    /// <summary>The time; null for never. What comes from the log may be no time: then it never ends.</summary>
    public static DateTimeOffset? TimeOf(long milliseconds) =>
        milliseconds > 0 && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
}
