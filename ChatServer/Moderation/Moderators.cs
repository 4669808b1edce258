using System.Net;
using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>What moderators and the operator can do, each action once: the commands in the chat and the control socket call the same methods.</summary>
/// <param name="scope">Does it, on this server or on all servers of the chat.</param>
/// <param name="presence">The clients of this server.</param>
/// <param name="bans">The bans.</param>
/// <param name="mutes">The mutes.</param>
/// <param name="audit">Notes each action.</param>
/// <param name="isModeratorName">True for a name that belongs to a moderator, who may be away.</param>
/// <param name="shared">Networks whose addresses many people share: a ban by name does not ban such an address.</param>
/// <param name="time">The clock: bans and mutes end by it.</param>
internal sealed class Moderators(
    IScope scope,
    Presence presence,
    BanList bans,
    MuteList mutes,
    Audit audit,
    Func<string, bool> isModeratorName,
    TrustedNetworks shared,
    TimeProvider time)
{
    /// <summary>Removes all clients with a name.</summary>
    public ActionResult Kick(Actor by, string name, string reason)
    {
        string text = reason.Length == 0 ? AccountText.Kicked : ProtocolText.Fill(AccountText.KickedBecause, reason);
        ActionResult result = Try(() =>
        {
            IReadOnlyList<FoundClient> found = scope.Find(name);
            return found.Count == 0 ? Nobody(name)
                : IsProtected(by, found) ? OfModerator(name)
                : Removed(found[0].Name, scope.Kick(name, text, by.IsOperator));
        });
        return audit.Note(by, "kick", name, result, reason: reason);
    }

    /// <summary>Bans a network, or a name and its addresses, without those that many people or a moderator share.</summary>
    public ActionResult Ban(Actor by, string target, int? minutes)
    {
        IPNetwork? network = BanTarget.NetworkOf(target);
        ActionResult result = Try(() =>
        {
            IReadOnlyList<FoundClient> named = network is null ? scope.Find(target) : [];
            IReadOnlyList<FoundClient> moderators = by.IsOperator ? [] : scope.Moderators();
            IPNetwork[] networks = network is IPNetwork one ? [one]
                : [.. named.Select(client => client.Address).Where(address => !shared.Contains(address)).Select(BanTarget.NetworkOf).Distinct().Where(found => !Covers(found, moderators))];
            return IsProtected(by, named) || (network is null && IsNameProtected(by, target)) ? OfModerator(target)
                : by.Address is IPAddress own && networks.Any(banned => banned.Contains(own)) ? ActionResult.Rejected("That would ban your own address.")
                : networks.Any(banned => Covers(banned, moderators)) ? ActionResult.Rejected("That would ban the address of a moderator.")
                : network is null && !IsName(target) ? ActionResult.Rejected($"{target} is no name and no network.")
                : network is null && named.Count == 0 && BanTarget.LooksLikeNetwork(target) ? ActionResult.Rejected($"{target} is no network, and nobody of that name is here.")
                : Add(by, new Ban(network is null ? target : null, networks, EndOf(minutes), by.Name, time.GetUtcNow()));
        });
        return audit.Note(by, "ban", target, result, minutes);
    }

    /// <summary>Ends the bans of a name or of exactly this network.</summary>
    public ActionResult Unban(Actor by, string target)
    {
        IPNetwork? network = BanTarget.NetworkOf(target);
        ActionResult result = Try(() => scope.Unban(network is null ? Common.Unicode.LookAlike.Key(target) : null, network) > 0
            ? new ActionResult(true, $"{target} is not banned any more.")
            : ActionResult.Rejected($"There is no ban of {target}."));
        return audit.Note(by, "unban", target, result);
    }

    /// <summary>The bans that are in effect now.</summary>
    public IReadOnlyList<Ban> Bans => bans.Now;

    /// <summary>Mutes a name, or everybody.</summary>
    public ActionResult Mute(Actor by, string name, int? minutes)
    {
        ActionResult result = Try(() =>
        {
            IReadOnlyList<FoundClient> found = name == MuteList.Everybody ? [] : scope.Find(name);
            return IsProtected(by, found) || IsNameProtected(by, name) ? OfModerator(name)
                : name != MuteList.Everybody && !IsName(name) ? ActionResult.Rejected($"{name} is no name.")
                : !scope.Mute(name, EndOf(minutes)) ? ActionResult.Rejected("There are too many mutes.")
                : new ActionResult(true, $"{Who(name)} muted{For(minutes)}.", found.Count);
        });
        return audit.Note(by, "mute", name, result, minutes);
    }

    public ActionResult Unmute(Actor by, string name)
    {
        ActionResult result = Try(() => scope.Unmute(name)
            ? new ActionResult(true, $"{Who(name)} not muted any more.")
            : ActionResult.Rejected($"{Who(name)} not muted."));
        return audit.Note(by, "unmute", name, result);
    }

    /// <summary>True if nobody gets what this participant says.</summary>
    public bool IsMuted(Participant participant) => mutes.IsMuted(participant);

    /// <summary>Sends a text to all clients.</summary>
    public ActionResult Announce(Actor by, string text)
    {
        ActionResult result = Try(() =>
        {
            int count = scope.Announce(PrefixedText.Encode(AccountText.AnnouncementPrefix, text));
            string clients = count == 1 ? "1 client" : $"{count} clients";
            return new ActionResult(true, $"The announcement was sent to {clients}.", count);
        });
        return audit.Note(by, "announce", "", result);
    }

    public ActionResult Remove(Actor by, string channel)
    {
        byte[] notice = Frame.Encode(ProtocolText.Fill(AccountText.ChannelRemoved, channel));
        ActionResult result = Try(() => scope.Remove(channel, notice, out int members) switch
        {
            RemoveResult.Removed => new ActionResult(true, $"Channel {channel} is removed. It had {members} members.", members),
            RemoveResult.Fixed => ActionResult.Rejected($"Channel {channel} is one that the server always has."),
            _ => ActionResult.Rejected($"There is no channel {channel}."),
        });
        return audit.Note(by, "remove", channel, result);
    }

    /// <summary>The clients of this server, for the operator.</summary>
    public Session[] Who() => presence.All();

    private ActionResult Add(Actor by, Ban ban)
    {
        if (scope.Ban(ban, by.IsOperator) is not int count)
        {
            return ActionResult.Rejected("There are too many bans.");
        }

        string end = ban.Until is DateTimeOffset until ? $" until {Machine.JsonLine.Show(until)}" : "";
        return new ActionResult(true, $"{ban.Target} banned{end}. {count} clients were removed.", count);
    }

    private static ActionResult Try(Func<ActionResult> act)
    {
        try
        {
            return act();
        }
        catch (ChatUnreachableException e)
        {
            return ActionResult.Rejected(e.Message);
        }
    }

    /// <summary>In the chat, moderators do nothing to each other: a thief of one token must not be able to remove the others.</summary>
    private static bool IsProtected(Actor by, IReadOnlyList<FoundClient> found) => !by.IsOperator && found.Any(client => client.IsModerator);

    /// <summary>The same for a moderator who is away: a ban or a mute would be there when the moderator comes.</summary>
    private bool IsNameProtected(Actor by, string name) => !by.IsOperator && isModeratorName(name);

    /// <summary>True if a ban of this network would keep one of these clients out.</summary>
    private static bool Covers(IPNetwork network, IReadOnlyList<FoundClient> clients) => clients.Any(client => network.Contains(client.Address));

    private static bool IsName(string text) => ParticipantName.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out _);

    private static ActionResult Nobody(string name) => ActionResult.Rejected($"Nobody named {name} is here.");

    private static ActionResult OfModerator(string name) => ActionResult.Rejected($"{name} is a moderator.");

    private static ActionResult Removed(string name, int count) => new(true, $"{name} removed ({count} clients).", count);

    private static string Who(string name) => name == MuteList.Everybody ? "Everybody is" : $"{name} is";

    private static string For(int? minutes) => minutes is int number ? $" for {number} minutes" : "";

    private DateTimeOffset? EndOf(int? minutes) => minutes is int number ? time.GetUtcNow().AddMinutes(number) : null;
}
