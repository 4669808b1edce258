using System.Globalization;
using System.Text;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Analysis;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>A plot of bars: the rules, and in how many submissions each is broken.</summary>
internal static class RulePlot
{
    /// <summary>The space for the numbers behind the longest bar.</summary>
    private const string Numbers = "10rem";

    /// <summary>The plot as a list inside a page. The bars are borders: browsers print these, and leave out backgrounds.</summary>
    public static string Format(IReadOnlyList<RuleFailures> rules, Language language)
    {
        var list = new StringBuilder("<ul class=\"bars\">\n");
        int most = Math.Max(1, rules.Max(one => one.Of));
        foreach (RuleFailures rule in rules)
        {
            string share = ((double)rule.Count / most).ToString("0.####", CultureInfo.InvariantCulture);
            string colour = rule.Level == "required" ? "" : " class=\"robust\"";
            list.Append(CultureInfo.InvariantCulture, $"<li><b>{Html.Escape(rule.Id)}</b> {Html.Escape(rule.Rule)}")
                .Append(CultureInfo.InvariantCulture, $"<div><i{colour} style=\"width: calc((100% - {Numbers}) * {share})\"></i>")
                .Append(CultureInfo.InvariantCulture, $"{rule.Count} / {rule.Of} · {Html.Escape(Names.OfLevel(rule.Level).In(language))}</div></li>\n");
        }

        return list.Append("</ul>").ToString();
    }
}
