using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Reports;

/// <summary>The details of a case that did not pass, besides the finding: the same in every report for people.</summary>
internal static class Details
{
    /// <summary>Names and values, without those that there is nothing to say of.</summary>
    public static IEnumerable<(string Name, string Value)> Of(CaseResult result, Language language)
    {
        (Text Name, string? Value)[] all =
        [
            (new("sent", "enviado"), result.Transcript.LastSent?.Shown.In(language)),
            (new("expected", "esperado"), result.Finding?.Expected),
            (new("received", "recebido"), result.Finding?.Received),
            (new("program", "programa"), result.Reason?.In(language)),
            (new("rule", "regra"), result.Section.Name.In(language)),
        ];
        foreach ((Text name, string? value) in all)
        {
            if (value is not null)
            {
                yield return (name.In(language), value);
            }
        }
    }
}
