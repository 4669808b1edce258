using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Moderation;

namespace ThreadedChat.ChatServer;

/// <summary>Accounts, bans and moderation, put together. Without their options every client is let in, and there are no commands of moderators.</summary>
internal sealed class ServerGuard : IDisposable
{
    private readonly AccountReload? _accountReload;
    private readonly Logins? _logins;
    private readonly BanList? _bans;
    private readonly AuditFile? _audit;
    private readonly ControlSocket? _control;
    private readonly IScope? _scope;
    private readonly BanWriter? _banWriter;

    /// <param name="options">The options of the server.</param>
    /// <param name="chat">The channels and the participants.</param>
    /// <param name="shared">Networks whose addresses many people share.</param>
    /// <param name="wakeWriter">Wakes the writer, which sends the appended frames.</param>
    /// <param name="faults">Catches and counts exceptions in the server's own code.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    /// <exception cref="UnusableFileException">A file cannot be used.</exception>
    public ServerGuard(
        ServerOptions options,
        ChatParts chat,
        TrustedNetworks shared,
        Action wakeWriter,
        Faults faults,
        TimeProvider time,
        ILogger log)
    {
        Addresses = new AddressDisplay(options.LogAddresses);
        if (options is { Accounts: null, Bans: null, Control: null, Audit: null, Cluster: null }) // another server may have moderators
        {
            Dispatcher = chat.MakeDispatcher(options, log, moderation: null, mutes: null);
            Entrance = new OpenEntrance(Dispatcher);
            return;
        }

        var presence = new Presence();
        var removal = new Removal(options.DrainTimeout, wakeWriter);
        var mutes = new MuteList(time);
        _bans = new BanList(options.Bans ?? (options.Accounts is string accounts ? $"{accounts}.bans" : null), time, log);
        _scope = new ServerScope(presence, removal, _bans, mutes, chat.Chat);
        if (chat.Chat is ClusterChat cluster)
        {
            _scope = new ClusterScope(cluster, _bans, time);
            _banWriter = new BanWriter(_bans, faults);
            cluster.Moderation = new ClusterMirror(presence, removal, _bans, mutes, _banWriter.Save);
        }

        if (options.Accounts is not null)
        {
            _logins = new Logins(new AccountBook(options.Accounts), new FailureLimit(time)) { IsMembersOnly = options.MembersOnly };
            _accountReload = new AccountReload(_logins.Accounts, presence, removal, _scope);
        }

        _audit = options.Audit is string file ? new AuditFile(file, log) : null;
        var audit = new Audit(_audit, Addresses, time, log);
        var moderators = new Moderators(
            _scope, presence, _bans, mutes, audit, name => _logins?.Accounts.Now.IsModerator(name) is true, shared, time);
        Dispatcher = chat.MakeDispatcher(
            options, log, options.Accounts is null ? null : new ChatModeration(moderators, presence, new ModeratorPace(time)), mutes);
        Entrance = new GuardedEntrance(Dispatcher, _logins, _bans, presence, removal, GuessPause.Wait, Addresses, time, log);
        if (options.Control is string path)
        {
            var commands = new ControlCommands(
                moderators, () => _accountReload?.Do() ?? ActionResult.Rejected("This server has no accounts."), Addresses, audit);
            _control = new ControlSocket(path, commands.Answer, faults, log);
        }
    }

    /// <summary>Does what clients ask for.</summary>
    public Dispatcher Dispatcher { get; }

    /// <summary>Decides who comes in.</summary>
    public IEntrance Entrance { get; }

    /// <summary>Shows addresses in the log.</summary>
    public AddressDisplay Addresses { get; }

    /// <summary>What SIGHUP does here: each part reads its file again, and returns the result, for the log.</summary>
    public IEnumerable<(string Name, Func<string> Reopen)> ReopenParts
    {
        get
        {
            if (_accountReload is not null)
            {
                yield return ("accounts", ReloadAccounts);
            }

            if (_bans is not null)
            {
                yield return ("bans", ReloadBans);
            }

            if (_audit is not null)
            {
                yield return ("audit", _audit.Reopen);
            }
        }
    }

    /// <summary>Takes over those options that may change while the server runs.</summary>
    public void Apply(ServerOptions options)
    {
        Addresses.Detail = options.LogAddresses;
        if (_logins is not null)
        {
            _logins.IsMembersOnly = options.MembersOnly;
        }
    }

    /// <summary>Starts to write the bans of several servers. Before the first of them comes.</summary>
    public void StartBans() => _banWriter?.Start();

    /// <summary>Opens the control socket for requests.</summary>
    public void Start() => _control?.Start();

    /// <summary>The server stops: closes the control socket, so that the operator causes nothing more. Clients still may: the files are there until <see cref="Dispose"/>.</summary>
    public void StopControl() => _control?.Dispose();

    /// <summary>Writes what is due, and closes the files. To be called when nobody causes actions any more.</summary>
    public void Dispose()
    {
        _banWriter?.Dispose();
        _audit?.Dispose();
    }

    private string ReloadAccounts()
    {
        ActionResult result = _accountReload!.Do();
        return result.IsDone ? result.Text : $"the accounts were not read: {result.Text}";
    }

    private string ReloadBans()
    {
        try
        {
            return FormattableString.Invariant($"the bans were read again: {_scope!.ReloadBans()} in effect");
        }
        catch (Exception e) when (e is UnusableFileException or ChatUnreachableException)
        {
            return $"the bans were not read: {e.Message}";
        }
    }
}
