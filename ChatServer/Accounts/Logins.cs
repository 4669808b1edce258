using System.Net;
using System.Text;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Accounts;

/// <summary>Decides under which name a client is let in, by the accounts.</summary>
/// <param name="accounts">Which names belong to somebody.</param>
/// <param name="failures">Counts wrong tokens.</param>
internal sealed class Logins(AccountBook accounts, FailureLimit failures)
{
    private volatile bool _isMembersOnly;

    /// <summary>True if a name without an account is rejected. May change at any time.</summary>
    public bool IsMembersOnly
    {
        get => _isMembersOnly;
        set => _isMembersOnly = value;
    }

    public AccountBook Accounts => accounts;

    /// <summary>Decides about a client.</summary>
    /// <param name="name">The name that it gives, which is valid.</param>
    /// <param name="token">The token that it gives; null for none.</param>
    /// <param name="authenticatedName">The name that its certificate proves; null for none.</param>
    /// <param name="address">Its address.</param>
    public LoginResult Decide(string name, string? token, string? authenticatedName, IPAddress address)
    {
        AccountList now = accounts.Now;
        Account? account = now.Find(name);
        if (authenticatedName is not null && IsName(authenticatedName) && LookAlike.Key(authenticatedName) == LookAlike.Key(name))
        {
            return LoginResult.Proved(account);
        }

        if (token is not null)
        {
            // A token is hashed and compared in any case, so that the time does not show which names have an account.
            TokenHash? hash = TokenHash.OfToken(token);
            bool isRight = account is not null && hash is not null && account.Token.IsSame(hash);
            return failures.Accepts(address, isRight, out bool isTooOften) ? LoginResult.Proved(account)
                : LoginResult.Rejected(isTooOften ? AccountText.TooManyFailures : AccountText.WrongToken, isGuess: true);
        }

        return now.LooksLike(name) is not null ? LoginResult.Rejected(ProtocolText.Fill(AccountText.NameBelongs, name), isGuess: false)
            : IsMembersOnly ? LoginResult.Rejected(AccountText.MembersOnly, isGuess: false)
            : LoginResult.Guest;
    }

    /// <summary>
    /// A certificate may have any text as its name: one that is not a valid name, for example with an invisible character in it, proves none. An
    /// authority may have signed it for somebody else.
    /// </summary>
    private static bool IsName(string text) => ParticipantName.TryParse(Encoding.UTF8.GetBytes(text), out string name) && name == text;
}
