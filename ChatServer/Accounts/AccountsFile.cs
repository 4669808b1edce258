using System.Text.Json;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Accounts;

/// <summary>The file of the accounts: a JSON object in each line. It has hashes of tokens, and no token.</summary>
internal static class AccountsFile
{
    private const string What = "accounts";

    /// <exception cref="UnusableFileException">It is not there, cannot be read, or is wrong.</exception>
    public static AccountList Read(string path)
    {
        List<Account> accounts = JsonLine.ReadFile(path, What, ReadOne);
        try
        {
            return new AccountList(accounts);
        }
        catch (FormatException e)
        {
            throw new UnusableFileException($"{path}: {e.Message}");
        }
    }

    /// <summary>Changes the file in one step, while no other program changes it. Makes the file if it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="change">Gets the accounts, and returns them with the change; null to change nothing.</param>
    /// <exception cref="UnusableFileException">It cannot be read or written.</exception>
    public static void Change(string path, Func<AccountList, IEnumerable<Account>?> change)
    {
        try
        {
            using IDisposable held = FileLock.Take(path);
            AccountList before = File.Exists(path) ? Read(path) : new AccountList([]);
            if (change(before) is IEnumerable<Account> after)
            {
                PrivateFile.Replace(path, string.Concat(after.Select(account => $"{WriteOne(account)}\n")));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UnusableFileException($"Cannot write the {What}: {Common.Arguments.ArgumentForms.OneLine(e.Message)}");
        }
    }

    /// <summary>True if an account can have this name: a server accepts it, and it has no colon, which would begin a token.</summary>
    public static bool IsName(string name) =>
        Channels.ParticipantName.TryParse(System.Text.Encoding.UTF8.GetBytes(name), out string parsed)
        && parsed == name
        && !name.Contains(AccountToken.Separator, StringComparison.Ordinal);

    private static Account ReadOne(JsonElement json)
    {
        string name = JsonLine.Text(json, "name") ?? throw new FormatException("'name' is missing.");
        string hash = JsonLine.Text(json, "token_sha256") ?? throw new FormatException("'token_sha256' is missing.");
        bool isModerator = json.TryGetProperty("moderator", out JsonElement flag) && flag.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new FormatException("'moderator' must be true or false."),
        };
        return !IsName(name)
            ? throw new FormatException($"'{name}' cannot be the name of an account.")
            : new Account(
                name,
                TokenHash.Parse(hash) ?? throw new FormatException("'token_sha256' must be 64 hexadecimal digits."),
                isModerator,
                JsonLine.Time(json, "token_since") ?? DateTimeOffset.UnixEpoch);
    }

    private static string WriteOne(Account account) => JsonLine.Write(json =>
    {
        json.WriteString("name", account.Name);
        json.WriteString("token_sha256", account.Token.ToString());
        json.WriteBoolean("moderator", account.IsModerator);
        json.WriteString("token_since", JsonLine.Show(account.TokenSince));
    });
}
