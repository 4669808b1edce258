using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ThreadedChat.ChatGrade.Results;

/// <summary>Reads the checker's report in JSON. Numbers that differ from run to run, as ports do, are taken out.</summary>
internal static partial class CheckerReport
{
    /// <summary>The cases; null if the text is not a report.</summary>
    public static IReadOnlyList<CaseRow>? Read(string json)
    {
        try
        {
            return JsonNode.Parse(json)?["cases"] is JsonArray cases ? [.. cases.Select(one => Row(one!.AsObject()))] : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>A text without ports, process numbers, addresses in memory and the numbers of the questions of fences.</summary>
    public static string Steady(string text) =>
        Fence().Replace(Address().Replace(Port().Replace(Process().Replace(StartOption().Replace(text, ""), "$1N"), "$1N"), "0x…"), "fence-N-");

    private static CaseRow Row(JsonObject one)
    {
        JsonObject? finding = one["finding"] as JsonObject;
        JsonObject? plays = one["plays"] as JsonObject;
        return new CaseRow
        {
            Id = Text(one, "id")!,
            Group = Text(one, "group")!,
            Level = Text(one, "level")!,
            Rule = Text(one, "rule")!,
            Section = Text(one, "section")!,
            Outcome = Text(one, "outcome")!,
            Follows = Text(one, "follows"),
            Reason = Text(one, "reason"),
            Program = Text(one, "program"),
            What = Text(finding, "what"),
            Sent = Text(finding, "sent"),
            Expected = Text(finding, "expected"),
            Came = Text(finding, "came"),
            Passed = plays?["passed"]?.GetValue<int>() ?? 0,
            Plays = plays?["total"]?.GetValue<int>() ?? 0,
            Transcript = one["transcript"] is JsonArray lines ? [.. lines.Select(line => Steady(line!.GetValue<string>()))] : [],
        };
    }

    private static string? Text(JsonObject? from, string key) => from?[key]?.GetValue<string>() is string text ? Steady(text) : null;

    [GeneratedRegex("""((?:127\.\d+\.\d+\.\d+|localhost|\[?::1\]?|\b[Pp]ort(?:a|s)?)['"]?[,:\s=]+)\d{4,5}\b""")]
    private static partial Regex Port();

    [GeneratedRegex(@"((?:pid|process|PID|thread|Thread-)[:\s=]*)\d+")]
    private static partial Regex Process();

    /// <summary>Removes the hint how to change a limit: it is for the user of the checker.</summary>
    [GeneratedRegex(@" ?\([^()]*--start-timeout\.\)")]
    private static partial Regex StartOption();

    [GeneratedRegex(@"0x[0-9a-f]{6,}")]
    private static partial Regex Address();

    /// <summary>The number depends on the questions that were asked before, so it is another one on a server of its own.</summary>
    [GeneratedRegex(@"\bfence-\d+-")]
    private static partial Regex Fence();
}
