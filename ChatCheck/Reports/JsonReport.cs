using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Reports;

/// <summary>The report for programs; docs/checker.md describes it.</summary>
internal static class JsonReport
{
    // Shown bytes are to be read by people as well: "·" rather than its number.
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Format(IEnumerable<CaseResult> results, Score score, Language language)
    {
        var scores = new JsonObject();
        foreach (Level level in Score.Levels)
        {
            scores[LevelNames.Key(level)] = new JsonObject { ["passed"] = score.Passed(level), ["total"] = score.Total(level) };
        }

        return Write(new JsonObject
        {
            ["passed"] = score.IsPassed,
            ["score"] = scores,
            ["cases"] = new JsonArray([.. results.Select(result => Format(result, language))]),
        });
    }

    /// <summary>The data of a case that is the same in every run.</summary>
    public static JsonObject Format(string group, string id, Level level, Section section, Text rule, Language language) => new()
    {
        ["id"] = id,
        ["group"] = group,
        ["level"] = LevelNames.Key(level),
        ["rule"] = rule.In(language),
        ["section"] = section.Name.In(language),
    };

    /// <summary>JSON as this project writes it. A serializer would need reflection, which programs compiled ahead of time lack.</summary>
    public static string Write(JsonNode node)
    {
        var utf8 = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(utf8, Readable))
        {
            node.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(utf8.WrittenSpan);
    }

    private static JsonObject Format(CaseResult result, Language language)
    {
        JsonObject one = Format(result.Group, result.Id, result.Level, result.Section, result.Rule, language);
        one["outcome"] = result.Outcome switch
        {
            CaseOutcome.Passed => "passed",
            CaseOutcome.Failed => "failed",
            CaseOutcome.NotAlways => "not-always",
            _ => "skipped",
        };
        if (result.Plays is CaseResult.Count plays)
        {
            one["plays"] = new JsonObject { ["passed"] = plays.Passed, ["total"] = plays.Total };
        }

        if (result.FollowsFrom is string root)
        {
            one["follows"] = root;
        }

        if (result.Reason is Text reason)
        {
            one[result.Outcome == CaseOutcome.Skipped ? "reason" : "program"] = reason.In(language);
        }

        if (result.Finding is Finding finding)
        {
            one["finding"] = new JsonObject
            {
                ["what"] = finding.What.In(language),
                ["sent"] = result.Transcript.LastSent?.Shown.In(language),
                ["expected"] = finding.Expected,
                ["came"] = finding.Received,
            };
            one["transcript"] = new JsonArray([.. result.Transcript.Lines.Select(line => JsonValue.Create(line.Shown.In(language)))]);
        }

        return one;
    }
}
