using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Accounts;

/// <summary>A client that was let in.</summary>
/// <param name="Connection">Its connection.</param>
/// <param name="Participant">The client in the channels.</param>
/// <param name="IsAuthenticated">True if it has proved that the name is its own.</param>
/// <param name="Account">The account as it was at the login; null for a guest, and if only a certificate has proved the name.</param>
/// <param name="Since">When it came.</param>
internal sealed record Session(Connection Connection, Participant Participant, bool IsAuthenticated, Account? Account, DateTimeOffset Since)
{
    /// <summary>What the name is compared by.</summary>
    public string Key { get; } = LookAlike.Key(Participant.Name);

    /// <summary>True if the accounts still let this client have its name.</summary>
    public bool IsStillRight(AccountList now) =>
        IsAuthenticated ? Account is null || (now.Find(Account.Name) is Account current && current.Token.IsSame(Account.Token))
        : now.LooksLike(Participant.Name) is null;
}
