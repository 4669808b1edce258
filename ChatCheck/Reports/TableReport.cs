using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Reports;

/// <summary>The report for people: a line for each case as soon as its result is known, the finding below it, the score at the end.</summary>
internal sealed class TableReport(TextWriter output, Language language, bool useColours, bool isVerbose)
{
    private const int IdWidth = 12;
    private const string Indent = "      ";

    private static readonly Text NotCounted = new("not counted", "não conta");
    private static readonly Text NotAlways = new("not always", "nem sempre");

    private static readonly Text SecondLook = new(
        "Run again at the end, because the program does not always do the same. These results are different",
        "Executados de novo no fim, porque o programa nem sempre faz o mesmo. Estes resultados são diferentes");

    private string? _group;

    /// <summary>Writes the result of a case.</summary>
    public void Add(CaseResult result)
    {
        string group = (result.IsSecondLook ? SecondLook : result.GroupTitle).In(language);
        if (group != _group)
        {
            _group = group;
            output.WriteLine();
            output.WriteLine(Paint(Colour.Bold, group));
        }

        string level = LevelNames.Of(result.Level).In(language).PadRight(Score.Levels.Max(each => LevelNames.Of(each).In(language).Length));
        output.WriteLine($"  {Mark(result)} {result.Id.PadRight(IdWidth)}{Paint(Colour.Faint, level)}  {result.Rule.In(language)}");
        if (result.Outcome == CaseOutcome.Skipped)
        {
            output.WriteLine($"{Indent}{Paint(Colour.Faint, result.Reason?.In(language) ?? "")}");
        }
        else if (result.Finding is Finding finding)
        {
            AddFinding(result, finding);
        }

        output.Flush();
    }

    /// <summary>Writes the score.</summary>
    public void End(Score score)
    {
        IEnumerable<string> parts = Score.Levels.Select(level =>
        {
            string counts = $"{LevelNames.Of(level).In(language)} {Findings.Number(score.Passed(level))}/{Findings.Number(score.Total(level))}";
            string[] remarks =
            [
                .. score.NotAlways(level) is int unsteady and > 0 ? [$"{NotAlways.In(language)} {Findings.Number(unsteady)}"] : Array.Empty<string>(),
                .. level == Level.Ours ? [NotCounted.In(language)] : Array.Empty<string>(),
            ];
            return remarks.Length > 0 ? $"{counts} ({string.Join(", ", remarks)})" : counts;
        });
        output.WriteLine();
        output.WriteLine(Paint(score.IsPassed ? Colour.Green : Colour.Red, string.Join("   ", parts)));
    }

    private void AddFinding(CaseResult result, Finding finding)
    {
        output.WriteLine($"{Indent}{Paint(result.Level == Level.Ours ? Colour.Yellow : Colour.Red, finding.What.In(language))}");
        foreach ((string name, string value) in Details.Of(result, language))
        {
            output.WriteLine($"{Indent}{Paint(Colour.Faint, $"{name}:")} {value}");
        }

        if (isVerbose)
        {
            foreach (Transcript.Line line in result.Transcript.Lines)
            {
                output.WriteLine($"{Indent}  {Paint(Colour.Faint, line.Shown.In(language))}");
            }
        }
    }

    private string Mark(CaseResult result) => result switch
    {
        { Outcome: CaseOutcome.Passed } => Paint(Colour.Green, "✓"),
        { Outcome: CaseOutcome.Skipped } => Paint(Colour.Faint, "–"),
        { Outcome: CaseOutcome.NotAlways } => Paint(result.Level == Level.Ours ? Colour.Yellow : Colour.Red, "~"),
        { Level: Level.Ours } => Paint(Colour.Yellow, "≠"),
        _ => Paint(Colour.Red, "✗"),
    };

    private string Paint(Colour colour, string text) =>
        useColours ? $"\u001b[{Findings.Number((int)colour)}m{text}\u001b[0m" : text;

    /// <summary>The names of the colours of a terminal.</summary>
    private enum Colour
    {
        Bold = 1,
        Faint = 2,
        Red = 31,
        Green = 32,
        Yellow = 33,
    }
}
