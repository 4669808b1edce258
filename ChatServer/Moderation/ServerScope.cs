using System.Net;
using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>Actions on this server, which is all of the chat.</summary>
internal sealed class ServerScope(Presence presence, Removal removal, BanList bans, MuteList mutes, IChat chat) : IScope
{
    public IReadOnlyList<FoundClient> Find(string name) =>
        [.. presence.OfName(name).Select(FoundClientOf)];

    public IReadOnlyList<FoundClient> Moderators() =>
        [.. presence.All().Where(session => session.Participant.IsModerator).Select(FoundClientOf)];

    public int Kick(string name, string text, bool isOperator) =>
        removal.End(presence.OfName(name).Where(session => IsMeant(session, isOperator)), CloseReason.Kicked, text);

    public int? Ban(Ban ban, bool isOperator)
    {
        if (!bans.Add(ban))
        {
            return null;
        }

        // Added first: a client that comes in the meantime is in the list of clients, or is stopped by the ban.
        Session[] covered = [.. presence.All().Where(session => IsMeant(session, isOperator) && IsCovered(session, ban))];
        return removal.End(covered, CloseReason.Banned, AccountText.Banned);
    }

    public int Unban(string? key, IPNetwork? network) => bans.Remove(key, network);

    public bool Mute(string name, DateTimeOffset? until) => mutes.Add(name, until);

    public bool Unmute(string name) => mutes.Remove(name);

    public int Announce(byte[] frames)
    {
        Session[] all = presence.All();
        foreach (Session session in all)
        {
            session.Participant.Outbox.Append(frames);
        }

        removal.Send();
        return all.Length;
    }

    public RemoveResult Remove(string channel, ReadOnlyMemory<byte> notice, out int members)
    {
        RemoveResult result = chat.Remove(channel, notice, out members);
        removal.Send();
        return result;
    }

    public void Rank(Participant participant)
    {
        // There is no other server.
    }

    public int ReloadBans() => bans.Reload();

    private static FoundClient FoundClientOf(Session session) =>
        new(session.Participant.Name, session.Connection.Address, session.Participant.IsModerator);

    private static bool IsMeant(Session session, bool isOperator) => isOperator || !session.Participant.IsModerator;

    private static bool IsCovered(Session session, Ban ban) =>
        (ban.Key is not null && session.Key == ban.Key) || ban.Networks.Any(network => network.Contains(session.Connection.Address));
}
