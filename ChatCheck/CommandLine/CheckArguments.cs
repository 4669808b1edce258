using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.CommandLine;

/// <summary>The options that all suites have, with their texts in one language, each checked by itself.</summary>
internal sealed class CheckArguments
{
    public const string LanguageOption = "--lang";
    public const string PortugueseTag = "pt-BR";
    private const string EnglishTag = "en";
    private const double UsualTimeout = 3;

    private readonly Language _language;
    private readonly Option<string[]> _only;
    private readonly Option<bool> _list;
    private readonly Option<bool> _extended;
    private readonly Option<string> _lang;
    private readonly Option<bool> _verbose;
    private readonly Option<bool> _json;
    private readonly Option<string?> _junit;
    private readonly Option<double> _timeout;
    private readonly Option<double> _startTimeout;
    private readonly Option<double?> _limit;

    public CheckArguments(Language language)
    {
        _language = language;
        _only = new("--only")
        {
            Description = Say("Run only these cases: ids or beginnings of ids (S-JOIN)", "Executa só estes casos: ids ou inícios de ids (S-JOIN)"),
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = true,
        };
        _list = new("--list") { Arity = ArgumentArity.Zero, Description = Say("List the cases and run none", "Lista os casos e não executa nenhum") };
        _extended = new("--extended")
        {
            Arity = ArgumentArity.Zero,
            Description = Say("Also run the cases of the extended mode (docs/extended.md)", "Executa também os casos do modo estendido (docs/extended.md)"),
        };
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
            CustomParser = result => ParseSeconds("--timeout", 0.1, 600, result),
        };
        _startTimeout = new("--start-timeout")
        {
            Description = Say(
                "Seconds to wait until a program has started; it may compile first (0.1 to 600)",
                "Segundos de espera até que um programa inicie; ele pode compilar antes (0.1 a 600)"),
            HelpName = "S",
            DefaultValueFactory = _ => Timeouts.UsualStart.TotalSeconds,
            CustomParser = result => ParseSeconds("--start-timeout", 0.1, 600, result),
        };
        _limit = new("--limit")
        {
            Description = Say(
                "Seconds for all cases together; the remaining cases do not run (1 to 86400)",
                "Segundos para todos os casos juntos; os casos restantes não são executados (1 a 86400)"),
            HelpName = "S",
            CustomParser = result => ParseSeconds("--limit", 1, 86_400, result),
        };
        All = [_only, _list, _extended, _lang, _verbose, _json, _junit, _timeout, _startTimeout, _limit];
    }

    private List<Option> All { get; }

    /// <summary>The options of this suite, in the order of the help text.</summary>
    public IEnumerable<Option> Of(Suite suite) => All.Where(option => option != _extended || suite.Extended is not null);

    public IEnumerable<string> Names(bool isFlag) =>
        from option in All
        where (option.Arity.MaximumNumberOfValues == 0) == isFlag
        select option.Name;

    /// <summary>The values of these options. The program to check is not among them.</summary>
    public CheckOptions Read(ParseResult parsed, Suite suite) => new()
    {
        Suite = suite.Extended is not null && parsed.GetValue(_extended) ? suite.Extended : suite,
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

    public int ParsePort(ArgumentResult result)
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

    private double ParseSeconds(string option, double min, double max, ArgumentResult result)
    {
        string typed = result.Tokens[0].Value;
        if (!double.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            || !(seconds >= min && seconds <= max))
        {
            string from = min.ToString(CultureInfo.InvariantCulture);
            result.AddError(Say(
                $"{option} must be a number from {from} to {max}, not '{typed}'.", $"{option} deve ser um número de {from} a {max}, não '{typed}'."));
        }

        return seconds;
    }

    private string Say(string english, string portuguese) => new Text(english, portuguese).In(_language);
}
