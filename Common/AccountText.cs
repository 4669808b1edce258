namespace ThreadedChat.Common;

/// <summary>
/// The texts about accounts and moderation (docs/moderation.md). A server without accounts never sends them. <c>{0}</c> is filled in by
/// <see cref="ProtocolText.Fill"/>.
/// </summary>
public static class AccountText
{
#pragma warning disable CS1591 // A text says itself what it is; docs/moderation.md says when it is sent.
    // To a client that is not let in.
    public const string WrongToken = "Wrong name or token.";
    public const string TooManyFailures = "There were too many wrong tokens from your address. Please try again in a minute.";
    public const string NameBelongs = "The name {0} belongs to somebody. Its owner logs in with the name, a colon and the token.";
    public const string MembersOnly = "This server is for members only: log in with your name, a colon and your token.";
    public const string Banned = "You are banned from this server.";

    // To a client that is removed.
    public const string Kicked = "You were removed by a moderator.";
    public const string KickedBecause = "You were removed by a moderator: {0}";
    public const string TakenOver = "You have logged in from another place. This connection ends.";
    public const string AccountChanged = "Your account has changed. Please log in again.";

    public const string Muted = "A moderator has muted you: the others do not get your messages.";
    public const string ChannelRemoved = "A moderator has removed the channel {0}.";
    public const string AnnouncementPrefix = "Announcement: ";

    // To a moderator.
    public const string KickRequiresName = ControlMessage.Kick + " command must be followed by a name.";
    public const string BanRequiresTarget = ControlMessage.Ban + " command must be followed by a name or a network, and minutes if it is to end.";
    public const string UnbanRequiresTarget = ControlMessage.Unban + " command must be followed by a name or a network.";
    public const string MuteRequiresName = ControlMessage.Mute + " command must be followed by a name or *, and minutes if it is to end.";
    public const string UnmuteRequiresName = ControlMessage.Unmute + " command must be followed by a name or *.";
    public const string AnnounceRequiresText = ControlMessage.Announce + " command must be followed by a text.";
    public const string RemoveRequiresChannel = ControlMessage.Remove + " command must be followed by the name of a channel.";
#pragma warning restore CS1591

    /// <inheritdoc cref="ProtocolText.Lines"/>
    public static IReadOnlyList<string> Lines { get; } =
    [
        WrongToken, TooManyFailures, NameBelongs, MembersOnly, Banned, Kicked, KickedBecause, TakenOver, AccountChanged, Muted,
        ChannelRemoved, AnnouncementPrefix, KickRequiresName, BanRequiresTarget, UnbanRequiresTarget, MuteRequiresName, UnmuteRequiresName,
        AnnounceRequiresText, RemoveRequiresChannel,
    ];
}
