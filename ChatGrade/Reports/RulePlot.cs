using System.Globalization;
using System.Text;
using ThreadedChat.ChatGrade.Analysis;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>A plot of bars: the rules, and in how many submissions each is broken.</summary>
internal static class RulePlot
{
    private const int RowHeight = 34;
    private const int Width = 900;
    private const int BarWidth = 780;

    /// <summary>The plot as SVG inside a page.</summary>
    public static string Format(IReadOnlyList<RuleFailures> rules)
    {
        var svg = new StringBuilder();
        int height = rules.Count * RowHeight;
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {height}\" width=\"100%\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\">\n");
        for (int i = 0; i < rules.Count; i++)
        {
            RuleFailures rule = rules[i];
            int top = i * RowHeight;
            int width = Math.Max(2, BarWidth * rule.Count / Math.Max(1, rules.Max(one => one.Of)));
            string colour = rule.Level == "required" ? "#b3261e" : "#c58a00";
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{top + 13}\">{Html.Escape($"{rule.Id}  {rule.Rule}")}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"0\" y=\"{top + 18}\" width=\"{width}\" height=\"9\" fill=\"{colour}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{width + 6}\" y=\"{top + 27}\">{rule.Count} / {rule.Of}</text>\n");
        }

        return svg.Append("</svg>").ToString();
    }
}
