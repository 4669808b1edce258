namespace ThreadedChat.ChatServer.Accounts;

/// <summary>What <see cref="Logins"/> has decided.</summary>
/// <param name="IsAuthenticated">True if the client has proved that the name is its own.</param>
/// <param name="Account">The account of the name; null for a guest, and for a name that only a certificate has proved.</param>
/// <param name="Rejection">The answer to a client that is not let in; else null.</param>
/// <param name="IsGuess">True if the answer must wait for a second: it may be one of many guesses.</param>
internal sealed record LoginResult(bool IsAuthenticated, Account? Account, string? Rejection, bool IsGuess)
{
    /// <summary>A client under a name that belongs to nobody.</summary>
    public static readonly LoginResult Guest = new(false, null, null, false);

    /// <summary>A client whose name is proved.</summary>
    public static LoginResult Proved(Account? account) => new(true, account, null, false);

    /// <summary>A client that is not let in.</summary>
    public static LoginResult Rejected(string text, bool isGuess) => new(false, null, text, isGuess);
}
