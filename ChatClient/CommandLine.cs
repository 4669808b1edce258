using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using ThreadedChat.ChatClient.Decode;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.Common.Arguments;

namespace ThreadedChat.ChatClient;

/// <summary>
/// Reads the arguments. System.CommandLine is used as a parser only: the answers and exit codes of its
/// own invocation are not ours (a wrong argument would be 1, and full help on standard output).
/// </summary>
internal static class CommandLine
{
    // What run.sh calls them, and so what people type.
    private const string ChatVerb = "client";
    private const string BasicVerb = "basic-client";
    private const string DecodeVerb = "decode";

    private const string BasicOption = "--basic";
    private const string DecodeOption = "--decode";

    // A name may be any text: "@friends" is no file of arguments and "-ab" is not "-a -b".
    private static readonly ParserConfiguration Literal = new()
    {
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    /// <summary>What <paramref name="args"/>, without the program's name, ask for. Never throws.</summary>
    public static Request Parse(string[] args) =>
        args is [DecodeOption, ..] ? ParseDecode(args[1..])
        : args.TakeWhile(arg => arg != "--").Contains(BasicOption) ? ParseBasic(args)
        : ParseChat(args);

    private static Request ParseChat(string[] args)
    {
        var name = new Argument<string>("NAME") { Description = "Your name; after -- if it begins with a dash" };
        Argument<string> host = Host();
        Argument<int> port = Port();
        Option<bool> trace = Flag("--trace", "Shows each receive, each send and each frame, on standard error; at a terminal better in a file");
        var traceFile = new Option<string?>("--trace-file")
        {
            Description = "Shows them in FILE, a new one, instead",
            HelpName = "FILE",
        };

        // These change nothing where standard input and output are no terminal, but for the last.
        Option<bool> plain = Flag("--plain", "To a terminal the bytes that go to a pipe: edits no line, adds no colour");
        Option<ThemeChoice> theme = OneOf<ThemeChoice>("--theme", "Colours for this background; auto: for any, or none where NO_COLOR is set");
        Option<bool> timestamps = Flag("--timestamps", "Shows the time in front of each line that comes");
        Option<BellRule> bell = OneOf<BellRule>("--bell", "Rings for messages with your name in them, for none, or for all");
        Option<bool> reconnect = Flag("--reconnect", "When the server goes, tries until it is back, and joins the channel again");

        var command = new Command(ChatVerb, "Chats through a server, from a terminal or a pipe.")
        {
            Flag(BasicOption, "Takes HOST PORT only: sends one line as it is, and ends"),
            plain,
            theme,
            timestamps,
            bell,
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
            Reconnects = result.GetValue(reconnect),
        });
    }

    private static Request ParseBasic(string[] args)
    {
        Argument<string> host = Host();
        Argument<int> port = Port();
        var command = new Command(BasicVerb, "The basic client of part 0: sends one line of standard input as it is, and ends.")
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
        // Not parsed by the library: "-" is standard input here.
        if (args is ["--help" or "-h"])
        {
            return new Request.Answer($"""
                Description:
                  Shows the frames in a file of captured bytes, or in standard input (-).

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

    /// <summary>What the arguments of one of the clients ask for.</summary>
    private static Request Parse(Command command, string[] args, Func<ParseResult, ClientOptions> toOptions)
    {
        command.Options.Add(new HelpOption("--help", "-h") { Action = new HelpAction { MaxWidth = 100 } });
        command.Options.Add(new VersionOption());
        ILookup<bool, string> names = command.Options
            .SelectMany(option => option.Aliases.Prepend(option.Name), (option, name) => (Name: name, IsFlag: option.Arity.MaximumNumberOfValues == 0))
            .ToLookup(option => option.IsFlag, option => option.Name);
        var forms = new ArgumentForms([.. names[true]], [.. names[false]]);

        // The parser drops a first argument that is the program's name; given that, it keeps a user of that name.
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

    /// <summary>An option whose value is one of the words of <typeparamref name="T"/>, in small letters: the first, if it is not given.</summary>
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

    /// <summary>The first thing that is wrong, in one line; null if nothing is.</summary>
    private static string? FindError(ParseResult result)
    {
        // The parser takes an option it does not know for a name, and "[x]" for something that concerns itself.
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
