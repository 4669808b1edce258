using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.Common.Arguments;

namespace ThreadedChat.ChatCheck.CommandLine;

/// <summary>The command line: every argument and option, checked in this one place.</summary>
internal sealed class CheckCommand
{
    private const string Dashes = "--";
    private const string Verb = "check"; // what run.sh calls it
    private const string LanguageOption = "--lang";
    private const string EnglishTag = "en";
    private const string PortugueseTag = "pt-BR";
    private const double UsualTimeout = 3;

    private static readonly ParserConfiguration Literal = new()
    {
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    private readonly Language _language;
    private readonly string[]? _command;

    private readonly Option<string[]> _only;
    private readonly Option<bool> _list;
    private readonly Option<string> _lang;
    private readonly Option<bool> _verbose;
    private readonly Option<bool> _json;
    private readonly Option<string?> _junit;
    private readonly Option<double> _timeout;
    private readonly Option<double> _startTimeout;
    private readonly Option<double?> _limit;

    private CheckCommand(Language language, string[]? command)
    {
        _language = language;
        _command = command;
        _only = new("--only")
        {
            Description = Say("Run only these cases: ids or beginnings of ids (S-JOIN)", "Executa só estes casos: ids ou inícios de ids (S-JOIN)"),
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = true,
        };
        _list = new("--list") { Arity = ArgumentArity.Zero, Description = Say("List the cases and run none", "Lista os casos e não executa nenhum") };
        _lang = new(LanguageOption)
        {
            Description = Say("The language of the report", "O idioma do relatório") + ": en, pt-BR",
            HelpName = "LANG",
            DefaultValueFactory = _ => EnglishTag,
            CustomParser = ParseLanguage,
        };
        _verbose = new("--verbose")
        {
            Arity = ArgumentArity.Zero,
            Description = Say("Show the transcript of each case that did not pass", "Mostra a transcrição de cada caso que não passou"),
        };
        _json = new("--json")
        {
            Arity = ArgumentArity.Zero,
            Description = Say("Print one JSON document instead of the table", "Imprime um documento JSON em vez da tabela"),
        };
        _junit = new("--junit")
        {
            Description = Say("Also write a JUnit report to this file", "Grava também um relatório JUnit neste arquivo"),
            HelpName = "FILE",
        };
        _timeout = new("--timeout")
        {
            Description = Say("Seconds to wait for an answer (0.1 to 600)", "Segundos de espera por uma resposta (0.1 a 600)"),
            HelpName = "S",
            DefaultValueFactory = _ => UsualTimeout,
            CustomParser = result => ParseTimeout("--timeout", result),
        };
        _startTimeout = new("--start-timeout")
        {
            Description = Say(
                "Seconds to wait until a program has started; it may compile first (0.1 to 600)",
                "Segundos de espera até que um programa inicie; ele pode compilar antes (0.1 a 600)"),
            HelpName = "S",
            DefaultValueFactory = _ => Timeouts.UsualStart.TotalSeconds,
            CustomParser = result => ParseTimeout("--start-timeout", result),
        };
        _limit = new("--limit")
        {
            Description = Say(
                "Seconds for all cases together; those that are left then are not run (1 to 86400)",
                "Segundos para todos os casos juntos; os que restam então não são executados (1 a 86400)"),
            HelpName = "S",
            CustomParser = ParseLimit,
        };
    }

    /// <summary>
    /// Runs <paramref name="check"/> with what <paramref name="args"/> ask for and returns its exit code. Help goes to
    /// <paramref name="output"/>; what is wrong is told in one line on <paramref name="errors"/>, and the exit code is
    /// <see cref="CheckExitCode.WrongArguments"/>.
    /// </summary>
    public static int Run(string[] args, TextWriter output, TextWriter errors, Func<CheckOptions, int> check)
    {
        // What stands behind the dashes is a command of somebody else's, with options of its own.
        int dashes = Array.IndexOf(args, Dashes);
        string[] own = dashes < 0 ? args : args[..dashes];
        Language language = ArgumentForms.ValueOf(LanguageOption, own) == PortugueseTag ? Language.Portuguese : Language.English;
        var command = new CheckCommand(language, dashes < 0 ? null : args[(dashes + 1)..]);

        Command root = command.Tree(errors, check);
        // A width of its own: to ask the terminal for it changes the terminal.
        root.Options.Add(new HelpOption("--help", "-h") { Action = new HelpAction { MaxWidth = 100 } });
        root.Options.Add(new VersionOption());

        // The parser drops a first argument that is the command's name.
        ParseResult parsed = root.Parse([Verb, .. own], Literal);
        return (command.FindWrongForm(own) ?? command.FindError(parsed)) is string wrong
            ? command.Refuse(errors, wrong)
            : parsed.Invoke(new InvocationConfiguration { Output = output, Error = errors });
    }

    /// <summary>What may be given, for the manual.</summary>
    internal static Command ToCommand(Language language) => new CheckCommand(language, command: null).Tree(TextWriter.Null, _ => CheckExitCode.Passed);

    /// <summary>What the parser finds wrong, or takes for a host though it looks like an option; null where nothing is.</summary>
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
            ? Say($"There is no option {unknown.Value}.", $"Não há a opção {unknown.Value}.")
            : parsed.Errors is [var first, ..] ? first.Message : null;
    }

    /// <summary>The form of an argument that the parser would take though nothing comes of it; null where there is none.</summary>
    private string? FindWrongForm(string[] args) => new ArgumentForms(
        ["--help", "-h", "--version", _list.Name, _verbose.Name, _json.Name],
        [_only.Name, _lang.Name, _junit.Name, _timeout.Name, _startTimeout.Name, _limit.Name]).FindWrong(args);

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
            CustomParser = ParsePort,
        };
        var command = new Command(suite.Name, suite.Help.In(_language))
        {
            _only, _list, _lang, _verbose, _json, _junit, _timeout, _startTimeout, _limit,
        };
        if (suite.AcceptsRunningProgram)
        {
            command.Add(host);
            command.Add(port);
        }

        command.SetAction(parsed =>
        {
            CheckOptions options = ToOptions(parsed, suite) with
            {
                Host = suite.AcceptsRunningProgram ? parsed.GetValue(host) ?? "" : "",
                Port = suite.AcceptsRunningProgram ? parsed.GetValue(port) : 0,
            };
            return FindError(options) is Text wrong ? Refuse(errors, wrong.In(_language)) : check(options);
        });
        return command;
    }

    private CheckOptions ToOptions(ParseResult parsed, Suite suite) => new()
    {
        Suite = suite,
        Command = _command is null ? null : new CommandTemplate(_command),
        Only = parsed.GetValue(_only) ?? [],
        List = parsed.GetValue(_list),
        Language = _language,
        Verbose = parsed.GetValue(_verbose),
        Json = parsed.GetValue(_json),
        JUnitFile = parsed.GetValue(_junit),
        Timeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout)),
        StartTimeout = TimeSpan.FromSeconds(parsed.GetValue(_startTimeout)),
        Limit = parsed.GetValue(_limit) is double seconds ? TimeSpan.FromSeconds(seconds) : null,
    };

    /// <summary>What is wrong with options that are each right by themselves; null where nothing is.</summary>
    private static Text? FindError(CheckOptions options)
    {
        if (CaseFilter.FindUnknown(options.Suite, options.Only) is string unknown)
        {
            return new Text($"There is no case '{unknown}'; --list shows all of them.", $"Não há caso '{unknown}'; --list mostra todos.");
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

    private int Refuse(TextWriter errors, string wrong)
    {
        errors.WriteLine($"{ArgumentForms.OneLine(wrong)} ({Say("--help shows all options", "--help mostra todas as opções")})");
        return CheckExitCode.WrongArguments;
    }

    private string Say(string english, string portuguese) => new Text(english, portuguese).In(_language);

    private int ParsePort(ArgumentResult result)
    {
        string typed = result.Tokens is [var token, ..] ? token.Value : "";
        if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is < 1 or > 65535)
        {
            result.AddError(Say($"PORT must be a number from 1 to 65535, not '{typed}'.", $"PORT deve ser um número de 1 a 65535, não '{typed}'."));
        }

        return port;
    }

    private static string ParseLanguage(ArgumentResult result)
    {
        string typed = result.Tokens[0].Value;
        if (typed is not (EnglishTag or PortugueseTag))
        {
            result.AddError($"--lang must be {EnglishTag} or {PortugueseTag}, not '{typed}'.");
        }

        return typed;
    }

    private double ParseTimeout(string option, ArgumentResult result)
    {
        string typed = result.Tokens[0].Value;
        if (!double.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) || seconds is < 0.1 or > 600)
        {
            result.AddError(Say($"{option} must be a number from 0.1 to 600, not '{typed}'.", $"{option} deve ser um número de 0.1 a 600, não '{typed}'."));
        }

        return seconds;
    }

    private double? ParseLimit(ArgumentResult result)
    {
        string typed = result.Tokens[0].Value;
        if (!double.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) || seconds is < 1 or > 86_400)
        {
            result.AddError(Say($"--limit must be a number from 1 to 86400, not '{typed}'.", $"--limit deve ser um número de 1 a 86400, não '{typed}'."));
        }

        return seconds;
    }
}
