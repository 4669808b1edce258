using System.CommandLine;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.Common.Configuration;

namespace ThreadedChat.ChatClient;

/// <summary>The arguments and options of the chat client, from the command line and from the configuration file.</summary>
internal sealed class ChatArguments
{
    public const string NoFile = "--no-config";

    /// <summary>Only in the configuration file: every user of the machine can read a command line.</summary>
    private const string TokenKey = "token";

    private const string Negation = "--no-";

    private readonly Argument<string> _name = new("NAME") { Description = "Your name; after -- if it begins with a dash" };
    private readonly Argument<string> _host = ArgumentParts.Hosts();
    private readonly Argument<int> _port = ArgumentParts.Port();
    private readonly Option<bool> _trace =
        ArgumentParts.Flag("--trace", "Show each receive, send and frame on standard error (at a terminal, use --trace-file)");

    private readonly Option<string?> _traceFile =
        ArgumentParts.Text("--trace-file", "FILE", "Write the trace to FILE; an old file is overwritten");

    private readonly Option<string?> _log = ArgumentParts.Text("--log", "FILE", "Append all lines to FILE, each with its time");
    private readonly Option<bool> _reconnect =
        ArgumentParts.Flag("--reconnect", "When the connection is lost, connect again and rejoin the channel");

    private readonly Option<bool> _tls =
        ArgumentParts.Flag("--tls", "Encrypt the connection (TLS); a server that no authority vouches for must have the same key each time");

    private readonly Option<string?> _tlsAuthorities = ArgumentParts.Text("--tls-ca", "FILE", "Use TLS, and trust only the authorities in FILE (PEM)");

    private readonly Option<string?> _tlsCertificate =
        ArgumentParts.Text("--tls-cert", "FILE", "Use TLS, with your own certificate (PEM), for a server that asks for one");

    private readonly Option<string?> _tlsKey = ArgumentParts.Text("--tls-key", "FILE", "The key of your certificate [default: in the same file]");

    private readonly Option<string?> _knownHosts = ArgumentParts.Text(
        "--known-hosts", "FILE", "Where the keys of servers are kept [default: threadedchat/known_hosts in $XDG_STATE_HOME]");

    private readonly Option<string?> _tokenFile = ArgumentParts.Text(
        "--token-file", "FILE", "Log in to an account with the token in FILE; THREADEDCHAT_TOKEN in the environment may have it too");

    private readonly Option<bool> _askToken = ArgumentParts.Flag("--ask-token", "Ask for the token of the account, and do not show it");
    private readonly Option<bool> _insecureToken = ArgumentParts.Flag(
        "--insecure-token", "Send the token also over a connection that is not encrypted, to another machine");

    private readonly Option<int> _backlog = ArgumentParts.Number(
        "--backlog", "After joining a channel, show its last N messages, if the server keeps them", 0, 200);

    private readonly Option<string[]> _ignore = ArgumentParts.Texts("--ignore", "NAME", "Show nothing of this person");

    // These have an effect only if standard input and output are a terminal.
    private readonly Option<bool> _plain =
        ArgumentParts.Flag("--plain", "Write the same bytes to a terminal as to a pipe: no line editing, no colour");

    private readonly Option<ThemeChoice> _theme =
        ArgumentParts.OneOf<ThemeChoice>("--theme", "Colours for this background; auto suits any. NO_COLOR turns the colours off");

    private readonly Option<bool> _timestamps = ArgumentParts.Flag("--timestamps", "Show the time before each line, and a line when a day begins");
    private readonly Option<TimeFormat> _timeFormat = ArgumentParts.Parsed(
        "--time-format",
        "FORMAT",
        $"The format of the time, as in strftime; shows the time [default: {TimeFormat.Standard.Text}]",
        TimeFormat.TryParse,
        $"takes up to {TimeFormat.MaxLength} characters with %H %I %M %S %p %Y %y %m %d %b %a %A %z %T %R %F %%");

    private readonly Option<BellRule> _bell =
        ArgumentParts.OneOf<BellRule>("--bell", "Ring for messages that contain your name, for none, or for all");

    private readonly Option<NotifyRule> _notify = ArgumentParts.OneOf<NotifyRule>(
        "--notify", "Notification of a message that contains your name while the window is not active, by this sequence of your terminal");

    private readonly Option<string[]> _highlight =
        ArgumentParts.Texts("--highlight", "WORD", "Mark this word like your name, and count it as one");

    private readonly Option<bool> _screenReader =
        ArgumentParts.Flag("--screen-reader", "For a screen reader: no prompt, no redrawing, no colour; messages as 'Alice: text'");

    private readonly Option<string?> _historyFile = ArgumentParts.Text(
        "--history-file", "FILE", "Keep the history of entered lines in FILE [default: threadedchat/history in $XDG_STATE_HOME]");

    private readonly Option<bool> _noHistory = ArgumentParts.Flag("--no-history", "Keep no history on disk");
    private readonly Option<bool> _noFile = ArgumentParts.Flag(NoFile, "Do not read the configuration file. --no-FLAG turns off a FLAG of the file");

    // In the order of the help.
    private Option[] Configurable =>
        [_plain, _theme, _timestamps, _timeFormat, _bell, _notify, _highlight, _ignore, _backlog, _log, _screenReader, _historyFile, _noHistory, _reconnect,
            _tls, _tlsAuthorities, _tlsCertificate, _tlsKey, _knownHosts, _tokenFile, _askToken, _insecureToken, _trace, _traceFile];

    private Option<bool>[] Flags => [_plain, _timestamps, _screenReader, _noHistory, _reconnect, _tls, _askToken, _insecureToken, _trace];

    /// <summary>The command for the parser. Arguments may be missing: the configuration file may have them.</summary>
    public Command ToCommand(string verb, Option basic)
    {
        _name.Arity = _host.Arity = _port.Arity = ArgumentArity.ZeroOrOne;
        var command = new Command(verb, "Chats through a server, from a terminal or a pipe.") { basic };
        foreach (Option option in Configurable)
        {
            command.Options.Add(option);
        }

        command.Options.Add(_noFile);
        foreach (Option<bool> flag in Flags)
        {
            command.Options.Add(new Option<bool>(NegationOf(flag.Name)) { Arity = ArgumentArity.Zero, Hidden = true });
        }

        command.Arguments.Add(_name);
        command.Arguments.Add(_host);
        command.Arguments.Add(_port);
        command.Validators.Add(result =>
        {
            if (IsList(result.GetValue(_host)) && result.GetResult(_port) is { Tokens.Count: > 0 })
            {
                result.AddError("PORT must not be given where HOST is a list: each server has its own port there.");
            }
        });
        return command;
    }

    /// <summary>
    /// The arguments that stand for <paramref name="setting"/>, behind <c>NAME HOST PORT</c>, which are valid.
    /// </summary>
    /// <param name="setting">Of the configuration file.</param>
    /// <param name="error">The error in the setting that the parser would not find; else null.</param>
    public string[] ToArguments(Setting setting, out string? error)
    {
        error = null;
        if (setting.Key is "name" or "host" or "port")
        {
            error = setting.Values.Count == 1 ? null : "must be one text or number.";
            string value = setting.Values.Count == 1 ? setting.Values[0] : "";
            return ["--", setting.Key == "name" ? value : "x", setting.Key == "host" ? value : "x", setting.Key == "port" ? value : "1"];
        }

        if (setting.Key == TokenKey)
        {
            error = setting.Values is [{ Length: > 0 }] ? null : "must be one text.";
            return [];
        }

        Option? option = Array.Find(Configurable, option => option.Name == $"--{setting.Key}");
        bool isFlag = option is not null && option.Arity.MaximumNumberOfValues == 0;
        error = option is null ? "there is no such option."
            : isFlag && setting.Switch is null ? "must be true or false."
            : !isFlag && (setting.Switch is not null || setting.Values.Contains("")) ? "must be a text that is not empty."
            : !isFlag && option.Arity.MaximumNumberOfValues == 1 && setting.Values.Count != 1 ? "must be one text, not a list."
            : null;
        return error is not null ? []
            : isFlag ? (setting.Switch == true ? [option!.Name] : [])
            : [.. setting.Values.Select(value => $"{option!.Name}={value}")];
    }

    /// <summary>True if the command line sets what <paramref name="setting"/> sets: then the command line wins.</summary>
    public static bool IsOverridden(Setting setting, IReadOnlyList<string> args)
    {
        string name = $"--{setting.Key}";
        return args.TakeWhile(arg => arg != "--").Any(arg =>
            arg == name || arg == NegationOf(name) || arg.StartsWith($"{name}=", StringComparison.Ordinal) || arg.StartsWith($"{name}:", StringComparison.Ordinal));
    }

    /// <summary>The options, with values that the command line lacks from <paramref name="file"/>.</summary>
    /// <param name="result">Has no errors.</param>
    /// <param name="file">Its settings are valid.</param>
    /// <param name="missing">The argument that neither has; else null.</param>
    public ClientOptions ToOptions(ParseResult result, ConfigurationFile file, out string? missing)
    {
        string? name = result.GetValue(_name) ?? Of(file, "name");
        string? host = result.GetValue(_host) ?? Of(file, "host");
        int port = result.GetResult(_port) is { Tokens.Count: > 0 } ? result.GetValue(_port)
            : Of(file, "port") is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
            : 0;
        bool isHalf = result.GetValue(_host) is not null && result.GetResult(_port) is not { Tokens.Count: > 0 };
        IReadOnlyList<ServerAddress>? list = isHalf || port == 0 || IsList(host) ? ServerAddress.ParseList(host ?? "", out _) : null;
        if (list is not null)
        {
            (host, port, isHalf) = (list[0].Host, list[0].Port, false);
        }

        missing = name is null ? _name.Name : host is null ? _host.Name : port == 0 || isHalf ? _port.Name : null;

        return new ClientOptions
        {
            Name = name ?? "",
            Host = host ?? "",
            Port = port,
            OtherServers = list is { Count: > 1 } ? [.. list.Skip(1)] : [],
            IsBasic = false,
            Trace = result.GetValue(_trace) || result.GetValue(_traceFile) is not null,
            TraceFile = result.GetValue(_traceFile),
            IsPlain = result.GetValue(_plain),
            Theme = result.GetValue(_theme),
            ShowsTime = result.GetValue(_timestamps) || result.GetValue(_timeFormat) is not null,
            TimeFormat = result.GetValue(_timeFormat) ?? TimeFormat.Standard,
            Bell = result.GetValue(_bell),
            Notify = result.GetValue(_notify),
            Highlight = result.GetValue(_highlight) is { Length: > 0 } words ? words : [],
            Ignore = result.GetValue(_ignore) is { Length: > 0 } names ? names : [],
            Backlog = result.GetValue(_backlog),
            LogFile = result.GetValue(_log),
            IsForScreenReader = result.GetValue(_screenReader),
            KeepsHistory = !result.GetValue(_noHistory),
            HistoryFile = result.GetValue(_historyFile),
            Reconnects = result.GetValue(_reconnect),
            UsesTls = result.GetValue(_tls) || result.GetValue(_tlsAuthorities) is not null || result.GetValue(_tlsCertificate) is not null,
            AuthorityFile = result.GetValue(_tlsAuthorities),
            CertificateFile = result.GetValue(_tlsCertificate),
            KeyFile = result.GetValue(_tlsKey),
            KnownHostsFile = result.GetValue(_knownHosts),
            TokenFile = result.GetValue(_tokenFile),
            AsksToken = result.GetValue(_askToken),
            AllowsInsecureToken = result.GetValue(_insecureToken),
            ConfiguredToken = Of(file, TokenKey),
        };
    }

    private static bool IsList(string? host) => host?.Contains(ServerAddress.Separator) == true;

    private static string? Of(ConfigurationFile file, string key) => file.Settings.LastOrDefault(setting => setting.Key == key)?.Values[0];

    private static string NegationOf(string flag) => Negation + flag[2..];
}
