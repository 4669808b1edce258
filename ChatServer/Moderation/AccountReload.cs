using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>Reads the accounts file again, and ends the sessions that it no longer allows.</summary>
internal sealed class AccountReload(AccountBook accounts, Presence presence, Removal removal, IScope scope)
{
    /// <summary>Reads the file. A wrong file changes nothing.</summary>
    public ActionResult Do()
    {
        AccountList before = accounts.Now;
        try
        {
            accounts.Reload();
        }
        catch (UnusableFileException e)
        {
            return ActionResult.Rejected(e.Message);
        }

        AccountList now = accounts.Now;
        Session[] all = presence.All();
        foreach (Session session in all)
        {
            bool isModerator = session is { IsAuthenticated: true, Account: not null }
                && session.IsStillRight(now) && now.Find(session.Account.Name)!.IsModerator;
            if (session.Participant.IsModerator != isModerator)
            {
                session.Participant.IsModerator = isModerator;
                scope.Rank(session.Participant);
            }
        }

        int ended = removal.End(all.Where(session => !session.IsStillRight(now)), CloseReason.AccountChanged, AccountText.AccountChanged);
        return new ActionResult(true, $"the accounts were read again: {Changes(before, now)}; {ended} clients must log in again", ended);
    }

    private static string Changes(AccountList before, AccountList now)
    {
        int added = now.All.Count(account => before.Find(account.Name) is null);
        int removed = before.All.Count(account => now.Find(account.Name) is null);
        int changed = now.All.Count(account =>
            before.Find(account.Name) is Account old && (!old.Token.IsSame(account.Token) || old.IsModerator != account.IsModerator));
        return $"{added} added, {removed} removed, {changed} changed";
    }
}
