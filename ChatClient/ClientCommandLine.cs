using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using ThreadedChat.ChatClient.Decode;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.Common.Arguments;

namespace ThreadedChat.ChatClient;

/// <summary>
/// Reads the arguments. System.CommandLine is used only as a parser: its own invocation would exit with 1 for a wrong argument
/// and print the full help on standard output.
/// </summary>
internal static class ClientCommandLine
{
    // The verbs of run.sh, which users type.
    private const string ChatVerb = "client";
    private const string BasicVerb = "basic-client";
    private const string DecodeVerb = "decode";

    private const string BasicOption = "--basic";
    private const string DecodeOption = "--decode";

    // A name may be any text: "@friends" is not a response file and "-ab" is not "-a -b".
    private static readonly ParserConfiguration Literal = new()
    {
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    /// <summary>Never throws.</summary>
    /// <param name="args">The arguments without the program's name.</param>
    public static Request Parse(string[] args) =>
        args is [DecodeOption, ..] ? ParseDecode(args[1..])
        : args.TakeWhile(arg => arg != "--").Contains(BasicOption) ? ParseBasic(args)
        : ParseChat(args);

    private static Request ParseChat(string[] args)
    {
        var name = new Argument<string>("NAME") { Description = "Your name; after -- if it begins with a dash" };
        Argument<string> host = Host();
        Argument<int> port = Port();
        Option<bool> trace = Flag("--trace", "Show each receive, send and frame on standard error (at a terminal, use --trace-file)");
        var traceFile = new Option<string?>("--trace-file")
        {
            Description = "Write the trace to FILE, which must not exist yet",
            HelpName = "FILE",
        };

        // Only the last of these has an effect where standard input and output are not a terminal.
        Option<bool> plain = Flag("--plain", "Write the same bytes to a terminal as to a pipe: no line editing, no colour");
        Option<ThemeChoice> theme = OneOf<ThemeChoice>("--theme", "Colours for this background; auto suits any. NO_COLOR turns the colours off");
        Option<bool> timestamps = Flag("--timestamps", "Show the time before each received line");
        Option<BellRule> bell = OneOf<BellRule>("--bell", "Ring for messages that contain your name, for none, or for all");
        Option<bool> screenReader = Flag("--screen-reader", "For a screen reader: no prompt, no redrawing, no colour; messages as 'Alice: text'");
        var historyFile = new Option<string?>("--history-file")
        {
            Description = "Keep the history of entered lines in FILE [default: threadedchat/history in $XDG_STATE_HOME]",
            HelpName = "FILE",
        };
        Option<bool> noHistory = Flag("--no-history", "Keep no history on disk");
        Option<bool> reconnect = Flag("--reconnect", "When the connection is lost, connect again and rejoin the channel");

        var command = new Command(ChatVerb, "Chats through a server, from a terminal or a pipe.")
        {
            Flag(BasicOption, "Run the client of part 0: takes only HOST PORT, sends one line unchanged, exits"),
            plain,
            theme,
            timestamps,
            bell,
            screenReader,
            historyFile,
            noHistory,
            reconnect,
            trace,
            traceFile,
            name,
            host,
            port,
        };

        return Parse(command, args, result => new ClientOptions
        {
            Name = result.GetRequiredValue(name),
            Host = result.GetRequiredValue(host),
            Port = result.GetRequiredValue(port),
            IsBasic = false,
            Trace = result.GetValue(trace) || result.GetValue(traceFile) is not null,
            TraceFile = result.GetValue(traceFile),
            IsPlain = result.GetValue(plain),
            Theme = result.GetValue(theme),
            ShowsTime = result.GetValue(timestamps),
            Bell = result.GetValue(bell),
            IsForScreenReader = result.GetValue(screenReader),
            KeepsHistory = !result.GetValue(noHistory),
            HistoryFile = result.GetValue(historyFile),
            Reconnects = result.GetValue(reconnect),
        });
    }

    private static Request ParseBasic(string[] args)
    {
        Argument<string> host = Host();
        Argument<int> port = Port();
        var command = new Command(BasicVerb, "The basic client of part 0: sends one line of standard input unchanged, and exits.")
        {
            host,
            port,
        };

        int option = Array.IndexOf(args, BasicOption);
        return Parse(command, [.. args[..option], .. args[(option + 1)..]], result => new ClientOptions
        {
            Name = "",
            Host = result.GetRequiredValue(host),
            Port = result.GetRequiredValue(port),
            IsBasic = true,
        });
    }

    private static Request ParseDecode(string[] args)
    {
        // The library cannot parse this: "-" means standard input here.
        if (args is ["--help" or "-h"])
        {
            return new Request.Answer($"""
                Description:
                  Show the frames in a file of captured bytes, or in standard input (-).

                Usage:
                  {DecodeVerb} FILE|-

                Options:
                  --help     Show help and usage information
                  --version  Show version information

                """);
        }

        if (args is ["--version"])
        {
            return ParseChat(args);
        }

        string[] files = args is ["--", _] ? args[1..] : args;
        return files is [var file] && (file == Decoder.StandardInput || (file.Length > 0 && (file[0] != '-' || files.Length < args.Length)))
            ? new Request.Decode(file)
            : Wrong($"{DecodeVerb} takes one FILE, or {Decoder.StandardInput} for standard input.", $"{DecodeVerb} FILE|-");
    }

    private static Request Parse(Command command, string[] args, Func<ParseResult, ClientOptions> toOptions)
    {
        command.Options.Add(new HelpOption("--help", "-h") { Action = new HelpAction { MaxWidth = 100 } });
        command.Options.Add(new VersionOption());
        ILookup<bool, string> names = command.Options
            .SelectMany(option => option.Aliases.Prepend(option.Name), (option, name) => (Name: name, IsFlag: option.Arity.MaximumNumberOfValues == 0))
            .ToLookup(option => option.IsFlag, option => option.Name);
        var forms = new ArgumentForms([.. names[true]], [.. names[false]]);

        // The parser drops a first argument that equals the program's name. With the name in front, a user may have that name.
        ParseResult result = command.Parse([command.Name, .. args], Literal);

        if ((forms.FindWrong(args) ?? FindError(result)) is { } error)
        {
            string arguments = string.Join(' ', command.Arguments.Select(argument => argument.Name));
            return Wrong(error, $"{command.Name} {arguments} (--help shows all options)");
        }

        if (result.Action is { } helpOrVersion)
        {
            var text = new StringWriter { NewLine = "\n" };
            result.Invoke(new InvocationConfiguration { Output = text });
            return new Request.Answer(text.ToString());
        }

        return new Request.Run(toOptions(result));
    }

    private static Request.Wrong Wrong(string error, string usage) => new($"{ArgumentForms.OneLine(error)} Usage: {usage}\n");

    private static Argument<string> Host()
    {
        var host = new Argument<string>("HOST") { Description = "The server's host name or address" };
        host.Validators.Add(RequireText);
        return host;
    }

    private static Argument<int> Port() => new("PORT") { Description = "The server's port, 1 to 65535", CustomParser = ParsePort };

    private static Option<bool> Flag(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>An option whose value is a name of <typeparamref name="T"/> in lower case. The default is the first.</summary>
    private static Option<T> OneOf<T>(string name, string description)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())];
        return new Option<T>(name)
        {
            Description = $"{description} [default: {words[0]}]",
            HelpName = string.Join('|', words),
            CustomParser = result =>
            {
                string typed = result.Tokens[0].Value;
                if (!words.Contains(typed))
                {
                    result.AddError($"{name} must be one of {string.Join(", ", words)}, not '{typed}'.");
                    return default;
                }

                return Enum.Parse<T>(typed, ignoreCase: true);
            },
        };
    }

    /// <summary>The first error, in one line; null if there is none.</summary>
    private static string? FindError(ParseResult result)
    {
        // The parser accepts an unknown option as a name, and "[x]" as a directive.
        Token? notPlain = result.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).FirstOrDefault(token =>
            token.Type == TokenType.Directive || (token.Type == TokenType.Argument && token.Value is ['-', _, ..]));

        if (notPlain is not null)
        {
            return $"{notPlain.Value} is not an option; an argument that looks like one goes after --.";
        }

        return result.Errors is [var first, ..] ? first.Message : null;
    }

    private static int ParsePort(ArgumentResult result)
    {
        string typed = result.Tokens[0].Value;
        if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is < 1 or > 65535)
        {
            result.AddError($"PORT must be a number from 1 to 65535, not '{typed}'.");
        }

        return port;
    }

    private static void RequireText(ArgumentResult result)
    {
        if (result.Tokens is [{ Value: "" }])
        {
            result.AddError("HOST must not be empty.");
        }
    }
}
