using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using ThreadedChat.ChatClient.Decode;
using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatClient;

/// <summary>
/// Reads the arguments. System.CommandLine is used as a parser only: the answers and exit codes of its
/// own invocation are not ours (a wrong argument would be 1, and full help on standard output).
/// </summary>
internal static class CommandLine
{
    private const string Program = "ChatClient";

    private const string Usage = $"""
        Usage: {Program} NAME HOST PORT [options]
               {Program} --basic HOST PORT
               {Program} --decode FILE|-
               {Program} --help
        """;

    // A name may be any text: "@friends" is no file of arguments and "-ab" is not "-a -b".
    private static readonly ParserConfiguration Literal = new()
    {
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    /// <summary>What <paramref name="args"/>, without the program's name, ask for. Never throws.</summary>
    public static Request Parse(string[] args)
    {
        if (args is ["--decode", ..])
        {
            return ParseDecode(args[1..]);
        }

        // The basic client has no name to give, so which arguments there are hangs on this option.
        bool isBasic = args.TakeWhile(arg => arg != "--").Contains("--basic");

        var name = new Argument<string>("NAME") { Description = "Your name; after -- if it begins with a dash" };
        var host = new Argument<string>("HOST") { Description = "The server's host name or address" };
        var port = new Argument<int>("PORT") { Description = "The server's port, 1 to 65535", CustomParser = ParsePort };
        var basic = new Option<bool>("--basic")
        {
            Description = "Takes HOST PORT only: sends one line as it is, and ends",
            Arity = ArgumentArity.Zero,
        };
        Option<bool> trace = Flag("--trace", "Shows each receive, each send and each frame, on standard error; at a terminal better in a file");
        var traceFile = new Option<string?>("--trace-file")
        {
            Description = "Shows them in FILE, a new one, instead",
            HelpName = "FILE",
        };
        host.Validators.Add(RequireText);

        // The first four change nothing where standard input and output are no terminal.
        Option<bool> plain = Flag("--plain", "To a terminal the bytes that go to a pipe: edits no line, adds no colour");
        Option<ThemeChoice> theme = OneOf<ThemeChoice>("--theme", "Colours for this background; auto: for any. NO_COLOR takes the colours from all");
        Option<bool> timestamps = Flag("--timestamps", "Shows the time in front of each line that comes");
        Option<BellRule> bell = OneOf<BellRule>("--bell", "Rings for messages with your name in them, for none, or for all");
        Option<bool> reconnect = Flag("--reconnect", "When the server goes, tries until it is back, and joins the channel again");

        var command = new Command(Program, "Chats through a server, from a terminal or a pipe.")
        {
            basic,
            plain,
            theme,
            timestamps,
            bell,
            reconnect,
            new HelpOption("--help", "-h") { Action = new HelpAction { MaxWidth = 100 } },
            new VersionOption(),
            host,
            port,
        };
        if (!isBasic)
        {
            command.Arguments.Insert(0, name);
            command.Options.Add(trace);
            command.Options.Add(traceFile);
        }

        // The parser drops a first argument that is the program's name; given that, it keeps a user of that name.
        ParseResult result = command.Parse([Program, .. args], Literal);

        if (FindError(result) is { } error)
        {
            return new Request.Wrong($"{error}\n{Usage}\n");
        }

        if (result.Action is { } helpOrVersion)
        {
            var text = new StringWriter { NewLine = "\n" };
            result.Invoke(new InvocationConfiguration { Output = text });
            return new Request.Answer(text.ToString());
        }

        return new Request.Run(new ClientOptions
        {
            Name = isBasic ? "" : result.GetRequiredValue(name),
            Host = result.GetRequiredValue(host),
            Port = result.GetRequiredValue(port),
            IsBasic = isBasic,
            Trace = !isBasic && (result.GetValue(trace) || result.GetValue(traceFile) is not null),
            TraceFile = isBasic ? null : result.GetValue(traceFile),
            IsPlain = result.GetValue(plain),
            Theme = result.GetValue(theme),
            ShowsTime = result.GetValue(timestamps),
            Bell = result.GetValue(bell),
            Reconnects = result.GetValue(reconnect),
        });
    }

    private static Request ParseDecode(string[] args) => args switch
    {
        ["--help" or "-h"] => new Request.Answer($"Shows the frames in a file of captured bytes, or in standard input (-).\n{Usage}\n"),
        [var file and (Decoder.StandardInput or [not '-', ..])] => new Request.Decode(file),
        _ => new Request.Wrong($"--decode takes one FILE, or {Decoder.StandardInput} for standard input.\n{Usage}\n"),
    };

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
