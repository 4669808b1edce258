using System.Text.RegularExpressions;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Results;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>The actions of a case, as steps for people: made from the checker's transcript, without its own questions.</summary>
internal static partial class Steps
{
    private const int MostSteps = 12;

    private static readonly Dictionary<string, Text> Actors = new()
    {
        ["keyboard"] = new("The user types", "O usuário digita"),
        ["server"] = new("The server of the checker sends", "O servidor do verificador envia"),
    };

    private static readonly Dictionary<string, Text> Persons = new()
    {
        ["keyboard"] = new("The user", "O usuário"),
        ["server"] = new("The server of the checker", "O servidor do verificador"),
    };

    /// <summary>The steps; only the last ones of many.</summary>
    public static IReadOnlyList<string> Of(CaseRow row, Language language)
    {
        string[] all = [.. WithoutRepeats(row.Transcript.Select(line => Step(line, language)).OfType<string>())];
        return all.Length <= MostSteps ? all : ["…", .. all.TakeLast(MostSteps)];
    }

    /// <summary>The output of a right program, for people; null if there is none.</summary>
    public static string? Expected(CaseRow row, Language language) => row.Expected is string expected && OwnQuestion().IsMatch(expected)
        ? new Text(
            "an answer: to learn whether the server still serves this client, the checker sends a command that does not exist, and waits for the error",
            "uma resposta: para saber se o servidor ainda atende este cliente, o verificador envia um comando que não existe e espera o erro").In(language)
        : row.Expected;

    private static IEnumerable<string> WithoutRepeats(IEnumerable<string> steps)
    {
        string? last = null;
        int count = 0;
        foreach (string step in steps.Append(null!))
        {
            if (step == last)
            {
                count++;
                continue;
            }

            if (last is not null)
            {
                yield return count > 1 ? $"{last} (× {count})" : last;
            }

            (last, count) = (step, 1);
        }
    }

    private static string? Step(string line, Language language)
    {
        Match match = SentLine().Match(line);
        if (!match.Success || Question().IsMatch(match.Groups[2].Value))
        {
            return null;
        }

        string who = match.Groups[1].Value, what = Padding().Replace(match.Groups[2].Value, "").TrimEnd('\r');
        if (what.Length == 0 && match.Groups[2].Value.StartsWith('·'))
        {
            what = new Text("(spaces only)", "(só espaços)").In(language);
        }

        Text head = Actors.GetValueOrDefault(who, new Text($"{who} sends", $"{who} envia"));
        return what.StartsWith('(') && what.EndsWith(')') && !what.Contains(' ', StringComparison.Ordinal) || EventLine().IsMatch(what)
            ? $"{Persons.GetValueOrDefault(who, new Text(who, who)).In(language)}: {what.Trim('(', ')')}"
            : $"{head.In(language)}: {what}";
    }

    [GeneratedRegex("^(.*?) → (.*)$", RegexOptions.Singleline)]
    private static partial Regex SentLine();

    [GeneratedRegex(@"\bfence-\d+-")]
    private static partial Regex OwnQuestion();

    [GeneratedRegex("^/(join )?fence-")]
    private static partial Regex Question();

    [GeneratedRegex(@"·×\d+$|·+$")]
    private static partial Regex Padding();

    [GeneratedRegex(@"^\((reset|closed|fechada|end of stream|fim do fluxo|leaves|sai|connects|conecta|stops reading|para de ler|Ctrl-D|end of input|fim da entrada)\)$")]
    private static partial Regex EventLine();
}
