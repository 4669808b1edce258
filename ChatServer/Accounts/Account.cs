using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Accounts;

/// <summary>A name that belongs to somebody.</summary>
/// <param name="Name">As it is shown.</param>
/// <param name="Token">The hash of its token. Nobody can log in with the hash.</param>
/// <param name="IsModerator">True for an account that may use the commands of moderators.</param>
/// <param name="TokenSince">When the token was made.</param>
internal sealed record Account(string Name, TokenHash Token, bool IsModerator, DateTimeOffset TokenSince)
{
    /// <summary>The form of the name for comparisons.</summary>
    public string Key { get; } = LookAlike.Key(Name);
}
