using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using ThreadedChat.ChatClient.Configuration;
using ThreadedChat.Common.Arguments;
using ThreadedChat.Common.Configuration;

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

    private const string BasicOption = "--basic";
    private const string DecodeOption = "--decode";
    private const string EndOfOptions = "--";

    // A name may be any text: "@friends" is not a response file and "-ab" is not "-a -b".
    private static readonly ParserConfiguration Literal = new()
    {
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    /// <summary>Never throws.</summary>
    /// <param name="args">The arguments without the program's name.</param>
    /// <param name="readFile">Reads the configuration file; called only for the chat client. Null for no file.</param>
    public static Request Parse(string[] args, Func<ConfigurationFile>? readFile = null) =>
        args is [DecodeOption, .. var rest] ? DecodeCommandLine.Parse(rest, () => ParseChat(rest))
        : args.TakeWhile(arg => arg != EndOfOptions).Contains(BasicOption) ? ParseBasic(args)
        : ParseChat(args, readFile);

    private static Request ParseChat(string[] args, Func<ConfigurationFile>? readFile = null)
    {
        var chat = new ChatArguments();
        Command command = ToCommand(chat);
        bool usesFile = !args.TakeWhile(arg => arg != EndOfOptions).Any(arg => arg is ChatArguments.NoFile or "--help" or "-h" or "--version");
        ConfigurationFile file = usesFile && readFile is not null ? readFile() : ConfigurationFile.None;
        if ((file.Error ?? FindError(chat, file)) is { } error)
        {
            return new Request.Wrong($"{ArgumentForms.OneLine(error)}\n");
        }

        IEnumerable<string> fromFile = file.Settings
            .Where(setting => setting.Key is not ("name" or "host" or "port") && !ChatArguments.IsOverridden(setting, args))
            .SelectMany(setting => chat.ToArguments(setting, out _));
        string? missing = null;
        Request request = Parse(command, args, result => chat.ToOptions(result, file, out missing), [.. fromFile]);
        return request is Request.Run && missing is not null
            ? Wrong($"{missing} is missing, and the configuration file does not have it.", Usage(command))
            : request is Request.Run run && TokenSource.HasToken(run.Options.Name)
            ? new Request.Wrong($"NAME has a token behind it, and every user of this machine can read a command line: use --token-file, --ask-token or {TokenSource.Variable}.\n")
            : request;
    }

    /// <summary>The first setting of the file that is wrong, in one line; null if there is none.</summary>
    private static string? FindError(ChatArguments chat, ConfigurationFile file)
    {
        foreach (Setting setting in file.Settings)
        {
            string[] args = chat.ToArguments(setting, out string? error);
            if (error is null && args.Length > 0)
            {
                // A command of its own: the parser reads each setting as if it alone were on the command line.
                error = FindError(ToCommand(new ChatArguments()).Parse([ChatVerb, .. args], Literal));
            }

            if (error is not null)
            {
                return file.ErrorIn(setting, error);
            }
        }

        return null;
    }

    /// <summary>What may be given to the chat client.</summary>
    internal static Command ToCommand(ChatArguments chat) => chat.ToCommand(
        ChatVerb, ArgumentParts.Flag(BasicOption, "Run the client of part 0: takes only HOST PORT, sends one line unchanged, exits"));

    /// <summary>What may be given to the client of part 0.</summary>
    internal static Command ToBasicCommand(Argument<string> host, Argument<int> port) =>
        new(BasicVerb, "The basic client of part 0: sends one line of standard input unchanged, and exits.") { host, port };

    private static Request ParseBasic(string[] args)
    {
        Argument<string> host = ArgumentParts.Host();
        Argument<int> port = ArgumentParts.Port();
        Command command = ToBasicCommand(host, port);
        int option = Array.IndexOf(args, BasicOption);
        return Parse(command, [.. args[..option], .. args[(option + 1)..]], result => new ClientOptions
        {
            Name = "",
            Host = result.GetRequiredValue(host),
            Port = result.GetRequiredValue(port),
            IsBasic = true,
        });
    }

    /// <param name="command">The command with its options.</param>
    /// <param name="args">As the user has typed them.</param>
    /// <param name="toOptions">Called if there is no error.</param>
    /// <param name="fromFile">Valid options of the configuration file that the command line does not set.</param>
    internal static Request Parse(Command command, string[] args, Func<ParseResult, ClientOptions> toOptions, params string[] fromFile)
    {
        command.Options.Add(new HelpOption("--help", "-h") { Action = new HelpAction { MaxWidth = 100 } });
        command.Options.Add(new VersionOption());
        ILookup<bool, string> names = command.Options
            .SelectMany(option => option.Aliases.Prepend(option.Name), (option, name) => (Name: name, IsFlag: option.Arity.MaximumNumberOfValues == 0))
            .ToLookup(option => option.IsFlag, option => option.Name);
        var forms = new ArgumentForms([.. names[true]], [.. names[false]]);

        // The parser drops a first argument that equals the program's name. With the name in front, a user may have that name.
        ParseResult result = command.Parse([command.Name, .. fromFile, .. args], Literal);

        if ((forms.FindWrong(args) ?? FindError(result)) is { } error)
        {
            return Wrong(error, Usage(command));
        }

        if (result.Action is { } helpOrVersion)
        {
            var text = new StringWriter { NewLine = "\n" };
            result.Invoke(new InvocationConfiguration { Output = text });
            return new Request.Answer(text.ToString());
        }

        return new Request.Run(toOptions(result));
    }

    /// <summary>An error and the usage, in one line.</summary>
    internal static Request.Wrong Wrong(string error, string usage) => new($"{ArgumentForms.OneLine(error)} Usage: {usage}\n");

    private static string Usage(Command command) =>
        $"{command.Name} {string.Join(' ', command.Arguments.Select(argument => argument.Name))} (--help shows all options)";

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
}
