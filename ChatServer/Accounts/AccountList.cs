using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Accounts;

/// <summary>All accounts at one moment. Immutable.</summary>
internal sealed class AccountList
{
    private readonly Dictionary<string, Account> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Account> _byLook = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">Two names look alike.</exception>
    public AccountList(IReadOnlyList<Account> accounts)
    {
        All = accounts;
        foreach (Account account in accounts)
        {
            if (LooksLike(account.Name) is Account other)
            {
                throw new FormatException($"the names '{other.Name}' and '{account.Name}' look alike.");
            }

            _byKey.Add(account.Key, account);
            foreach (string look in LookAlike.Skeletons(account.Name))
            {
                _byLook[look] = account;
            }
        }
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Account> All { get; }

    /// <summary>The account with this name, compared without regard to case and Unicode spelling; null if there is none.</summary>
    public Account? Find(string name) => _byKey.GetValueOrDefault(LookAlike.Key(name));

    /// <summary>True for the name of a moderator, and for one that looks like it. The moderator may be away.</summary>
    public bool IsModerator(string name) => (Find(name) ?? LooksLike(name)) is { IsModerator: true };

    /// <summary>An account whose name looks like this one, so that nobody else may have it; null if there is none.</summary>
    public Account? LooksLike(string name) =>
        _byLook.Count == 0 ? null : LookAlike.Skeletons(name).Select(look => _byLook.GetValueOrDefault(look)).FirstOrDefault(found => found is not null);
}
