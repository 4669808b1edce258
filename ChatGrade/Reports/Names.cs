using System.Globalization;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Scores;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>Words and numbers that all reports have.</summary>
internal static class Names
{
    private static readonly Dictionary<string, Text> Parts = new()
    {
        [AllSuites.BasicServer.Name] = new("Part 0: server", "Parte 0: servidor"),
        [AllSuites.BasicClient.Name] = new("Part 0: client", "Parte 0: cliente"),
        [AllSuites.Server.Name] = new("Server", "Servidor"),
        [AllSuites.Client.Name] = new("Client", "Cliente"),
    };

    /// <summary>A part for people.</summary>
    public static Text OfPart(string part) => Parts[part];

    /// <summary>A level for people.</summary>
    public static Text OfLevel(string level) => level switch
    {
        "required" => new("required", "obrigatório"),
        "robust" => new("robust", "robusto"),
        _ => new("extra", "extra"),
    };

    /// <summary>What the levels mean.</summary>
    public static Text Levels => new(
        "Required: a rule of the assignment. Robust: it happens on ordinary networks, and a program must cope with it. Extra: the assignment leaves it open, and a program that does it in another way is not wrong.",
        "Obrigatório: uma regra do enunciado. Robusto: acontece em redes comuns, e um programa deve lidar com isso. Extra: o enunciado deixa em aberto, e um programa que faz de outro modo não está errado.");

    /// <summary>The result of a part, in a word or two.</summary>
    public static Text OfState(PartState state) => state switch
    {
        PartState.Pending => new("not checked yet", "ainda não verificado"),
        PartState.Checked => new("checked", "verificado"),
        PartState.NotBuilt => new("does not build", "não compila"),
        PartState.NotStarted => new("does not start", "não inicia"),
        PartState.NotFound => new("not found", "não encontrado"),
        PartState.NoLanguage => new("not checked: language missing here", "não verificado: falta a linguagem aqui"),
        _ => new("result not certain", "resultado incerto"),
    };

    /// <summary>The result of a case.</summary>
    public static Text OfOutcome(CaseRow row) => row.Outcome switch
    {
        "passed" => new("passed", "passou"),
        "not-always" => new($"not always: passed {row.Passed} of {row.Plays} times", $"nem sempre: passou {row.Passed} de {row.Plays} vezes"),
        "skipped" => new("not run", "não executado"),
        _ when row.Level == "ours" => new("done in another way", "feito de outro modo"),
        _ when row.Follows is not null => new($"follows from {row.Follows}", $"decorre de {row.Follows}"),
        _ => new("failed", "falhou"),
    };

    /// <summary>Points for people: two digits at most, behind a comma in Portuguese.</summary>
    public static string Points(double points, Language language)
    {
        string text = Math.Round(points, 2, MidpointRounding.AwayFromZero).ToString("0.##", CultureInfo.InvariantCulture);
        return language == Language.Portuguese ? text.Replace('.', ',') : text;
    }

    /// <summary>The points of a part; a question mark if they are uncertain.</summary>
    public static string PointsOf(PartScore part, Language language) => part.Earned is double earned ? Points(earned, language) : "?";

    /// <summary>The points of a submission; with a question mark if a part has none yet.</summary>
    public static string PointsOf(SubmissionScore one, Language language) =>
        one.IsComplete ? Points(one.Earned, language) : $"{Points(one.Earned, language)} + ?";
}
