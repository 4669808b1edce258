using System.Globalization;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>The settings that decide what a command does. All servers of a chat have the same.</summary>
/// <param name="MaxChannels">As <c>--max-channels</c>.</param>
/// <param name="UniqueNames">As <c>--unique-names</c>, also for <c>--extended</c>.</param>
/// <param name="StrictNames">As <c>--strict-names</c>.</param>
/// <param name="MayCreate">False with <c>--no-create</c>.</param>
/// <param name="ChannelTtl">Seconds of <c>--channel-ttl</c>; 0 without it.</param>
/// <param name="ServerTimeout">Seconds of <c>--server-timeout</c>.</param>
/// <param name="HasAccounts">True with <c>--accounts</c>: otherwise a client could take the name of an account at a server without accounts.</param>
/// <param name="Channels">As <c>--channel</c>.</param>
internal sealed record ClusterSettings(
    int MaxChannels,
    bool UniqueNames,
    bool StrictNames,
    bool MayCreate,
    double ChannelTtl,
    double ServerTimeout,
    bool HasAccounts,
    IReadOnlyList<string> Channels)
{
    private const char Separator = '\n';

    /// <summary>What <see cref="ToString"/> made; null if a text is not settings.</summary>
    public static ClusterSettings? TryParse(string text)
    {
        string[] lines = text.Split(Separator);
        if (lines.Length < 7
            || !int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out int maxChannels)
            || maxChannels < 1
            || !bool.TryParse(lines[1], out bool uniqueNames)
            || !bool.TryParse(lines[2], out bool strictNames)
            || !bool.TryParse(lines[3], out bool mayCreate)
            || !double.TryParse(lines[4], NumberStyles.Float, CultureInfo.InvariantCulture, out double channelTtl)
            || !double.TryParse(lines[5], NumberStyles.Float, CultureInfo.InvariantCulture, out double serverTimeout)
            || !bool.TryParse(lines[6], out bool hasAccounts)
            || !lines[7..].All(EntryCodec.IsChannel))
        {
            return null;
        }

        return new ClusterSettings(maxChannels, uniqueNames, strictNames, mayCreate, channelTtl, serverTimeout, hasAccounts, lines[7..]);
    }

    /// <summary>The options in which <paramref name="other"/> differs, with its values; empty if both are equal.</summary>
    public string DifferenceTo(ClusterSettings other)
    {
        (string Option, string Own, string Other)[] all =
        [
            ("--max-channels", Show(MaxChannels), Show(other.MaxChannels)),
            ("--unique-names or --extended", Show(UniqueNames), Show(other.UniqueNames)),
            ("--strict-names", Show(StrictNames), Show(other.StrictNames)),
            ("--no-create", Show(!MayCreate), Show(!other.MayCreate)),
            ("--channel-ttl", Show(ChannelTtl), Show(other.ChannelTtl)),
            ("--server-timeout", Show(ServerTimeout), Show(other.ServerTimeout)),
            ("--accounts", Show(HasAccounts), Show(other.HasAccounts)),
            ("--channel", string.Join(' ', Channels), string.Join(' ', other.Channels)),
        ];
        return string.Join(", ", all.Where(one => one.Own != one.Other).Select(one => $"{one.Option} is '{one.Other}' there and '{one.Own}' here"));
    }

    /// <summary>As it is in the log.</summary>
    public override string ToString() => string.Join(
        Separator,
        [Show(MaxChannels), Show(UniqueNames), Show(StrictNames), Show(MayCreate), Show(ChannelTtl), Show(ServerTimeout), Show(HasAccounts), .. Channels]);

    private static string Show(IConvertible value) => value.ToString(CultureInfo.InvariantCulture);
}
