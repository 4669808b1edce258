using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.Common.Arguments;

namespace ThreadedChat.ChatCheck.CommandLine;

/// <summary>The command line: a command for each suite, its help, and the rules between the arguments.</summary>
internal sealed class CheckCommand
{
    private const string Dashes = "--";
    private const string Verb = "check"; // what run.sh calls it

    private static readonly ParserConfiguration Literal = new()
    {
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    private readonly Language _language;
    private readonly string[]? _command;

    private readonly CheckArguments _arguments;

    private CheckCommand(Language language, string[]? command)
    {
        _language = language;
        _command = command;
        _arguments = new CheckArguments(language);
    }

    /// <summary>
    /// Runs <paramref name="check"/> with the options in <paramref name="args"/> and returns its exit code. Help goes to
    /// <paramref name="output"/>; an error is reported in one line on <paramref name="errors"/>, and the exit code is
    /// <see cref="CheckExitCode.WrongArguments"/>.
    /// </summary>
    public static int Run(string[] args, TextWriter output, TextWriter errors, Func<CheckOptions, int> check)
    {
        // The words after the dashes are a command of another program, with options of its own.
        int dashes = Array.IndexOf(args, Dashes);
        string[] own = dashes < 0 ? args : args[..dashes];
        Language language = ArgumentForms.ValueOf(CheckArguments.LanguageOption, own) == CheckArguments.PortugueseTag ? Language.Portuguese : Language.English;
        var command = new CheckCommand(language, dashes < 0 ? null : args[(dashes + 1)..]);

        Command root = command.Tree(errors, check);
        // A width of its own: to ask the terminal for it changes the terminal.
        root.Options.Add(new HelpOption("--help", "-h") { Action = new HelpAction { MaxWidth = 100 } });
        root.Options.Add(new VersionOption());

        // The parser drops a first argument that is the command's name.
        ParseResult parsed = root.Parse([Verb, .. own], Literal);
        return (command.FindWrongForm(own) ?? command.FindError(parsed)) is string wrong
            ? command.Reject(errors, wrong)
            : parsed.Invoke(new InvocationConfiguration { Output = output, Error = errors });
    }

    /// <summary>What may be given, for the manual.</summary>
    internal static Command ToCommand(Language language) => new CheckCommand(language, command: null).Tree(TextWriter.Null, _ => CheckExitCode.Passed);

    /// <summary>The error that the parser found, or an unknown option that it took for a host; null if there is none.</summary>
    private string? FindError(ParseResult parsed)
    {
        if (parsed.CommandResult.Command.Name == Verb && parsed.UnmatchedTokens is [[not '-', ..] subject, ..])
        {
            return Say(
                $"'{subject}' cannot be checked: it must be server, client, basic-server or basic-client.",
                $"'{subject}' não pode ser verificado: deve ser server, client, basic-server ou basic-client.");
        }

        Token? unknown = parsed.Tokens.FirstOrDefault(token => token is { Type: TokenType.Argument, Value: ['-', _, ..] });
        return unknown is not null
            ? Say($"There is no option {unknown.Value}.", $"Não existe a opção {unknown.Value}.")
            : parsed.Errors is [var first, ..] ? first.Message : null;
    }

    /// <summary>The form of an argument that the parser would silently ignore; null if there is none.</summary>
    private string? FindWrongForm(string[] args) => new ArgumentForms(
        ["--help", "-h", "--version", .. _arguments.Names(isFlag: true)], [.. _arguments.Names(isFlag: false)]).FindWrong(args);

    private Command Tree(TextWriter errors, Func<CheckOptions, int> check)
    {
        var root = new Command(Verb, Say(
            """
            Checks whether an implementation of the CS168 chat assignment, in any language, does what the assignment says.

            The command after -- starts the program. The checker fills in {port}, {host} and {name}:
              check server -- python3 server.py "{port}"
              check client -- python3 client.py "{name}" "{host}" "{port}"
              check basic-server -- ./basic_server "{port}"
              check basic-client -- ./basic_client "{host}" "{port}"

            Exit code 0: every required case passes. 1: a required case fails. 2: wrong arguments. 3: the program cannot be started.
            """,
            """
            Verifica se uma implementação do trabalho de chat CS168, em qualquer linguagem, faz o que o enunciado diz.

            O comando depois de -- inicia o programa. O verificador preenche {port}, {host} e {name}:
              check server -- python3 server.py "{port}"
              check client -- python3 client.py "{name}" "{host}" "{port}"
              check basic-server -- ./basic_server "{port}"
              check basic-client -- ./basic_client "{host}" "{port}"

            Código de saída 0: todos os casos obrigatórios passam. 1: algum falha. 2: argumentos errados. 3: o programa não inicia.
            """));

        foreach (Suite suite in AllSuites.List)
        {
            root.Add(SuiteCommand(suite, errors, check));
        }

        return root;
    }

    private Command SuiteCommand(Suite suite, TextWriter errors, Func<CheckOptions, int> check)
    {
        var host = new Argument<string?>("HOST") { Arity = ArgumentArity.ZeroOrOne, Description = Say("Where it runs", "Onde ele roda") };
        var port = new Argument<int>("PORT")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = Say("Its port, 1 to 65535", "A porta, 1 a 65535"),
            CustomParser = _arguments.ParsePort,
        };
        var command = new Command(suite.Name, suite.Help.In(_language));
        foreach (Option option in _arguments.Of(suite))
        {
            command.Options.Add(option);
        }

        if (suite.AcceptsRunningProgram)
        {
            command.Add(host);
            command.Add(port);
        }

        command.SetAction(parsed =>
        {
            CheckOptions options = _arguments.Read(parsed, suite) with
            {
                Command = _command is null ? null : new CommandTemplate(_command),
                Host = suite.AcceptsRunningProgram ? parsed.GetValue(host) ?? "" : "",
                Port = suite.AcceptsRunningProgram ? parsed.GetValue(port) : 0,
            };
            return FindError(options) is Text wrong ? Reject(errors, wrong.In(_language)) : check(options);
        });
        return command;
    }

    /// <summary>The error in a combination of options; null if there is none.</summary>
    private static Text? FindError(CheckOptions options)
    {
        if (CaseFilter.FindUnknown(options.Suite, options.Only) is string unknown)
        {
            return new Text($"There is no case '{unknown}'; --list shows all of them.", $"Não existe o caso '{unknown}'; --list mostra todos.");
        }

        if (options.List)
        {
            return null;
        }

        if (options.Command is null)
        {
            return !options.Suite.AcceptsRunningProgram
                ? new Text("A command that starts the program is needed after --.", "É preciso um comando que inicie o programa depois de --.")
                : options.Port == 0
                ? new Text("HOST PORT is needed, or a command after --.", "É preciso HOST PORT ou um comando depois de --.")
                : null;
        }

        if (options.Host.Length > 0)
        {
            return new Text("Give either HOST PORT or a command after --, not both.", "Use HOST PORT ou um comando depois de --, não os dois.");
        }

        return options.Suite.Placeholders.FirstOrDefault(place => !options.Command.Has(place)) is string missing
            ? new Text($"The command after -- has no {missing}.", $"O comando depois de -- não tem {missing}.")
            : null;
    }

    private int Reject(TextWriter errors, string wrong)
    {
        errors.WriteLine($"{ArgumentForms.OneLine(wrong)} ({Say("--help shows all options", "--help mostra todas as opções")})");
        return CheckExitCode.WrongArguments;
    }

    private string Say(string english, string portuguese) => new Text(english, portuguese).In(_language);
}
