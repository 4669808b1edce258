using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Accounts;

/// <summary>The accounts of a running server: those of the file when it was read last.</summary>
internal sealed class AccountBook
{
    private readonly string _path;
    private volatile AccountList _now;

    /// <exception cref="UnusableFileException">The file is not there, cannot be read, or is wrong.</exception>
    public AccountBook(string path)
    {
        _path = path;
        _now = AccountsFile.Read(path);
    }

    /// <summary>The accounts as they are now.</summary>
    public AccountList Now => _now;

    /// <summary>Reads the file again.</summary>
    /// <exception cref="UnusableFileException">It cannot be read or is wrong. Nothing has changed.</exception>
    public void Reload() => _now = AccountsFile.Read(_path);
}
