using System.Globalization;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Analysis;
using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Scores;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>The page of the class, for the teacher.</summary>
internal sealed class ClassPage(ClassScore all, Func<string, string> pageOf)
{
    private const int MostRules = 25;

    public string Format()
    {
        var page = new Html(all.Title, all.Language);
        page.Add("h1", all.Title);
        foreach (Text remark in all.Remarks)
        {
            page.Add("p class=\"faint\"", remark.In(all.Language));
        }

        AddTable(page);
        AddRules(page);
        AddStrange(page);
        AddSimilar(page);
        return page.Format(isSortable: true);
    }

    private string Say(string english, string portuguese) => new Text(english, portuguese).In(all.Language);

    private void AddTable(Html page)
    {
        string[] parts = [.. all.Submissions.SelectMany(one => one.Parts).Select(part => part.Result.Part).Distinct()];
        page.Add("<div class=\"table\"><table><thead><tr>");
        string[] names = [Say("Submission", "Entrega"), .. parts.Select(part => Names.OfPart(part).In(all.Language)), Say("Points", "Pontos")];
        foreach (string name in names)
        {
            page.Add($"<th{(name == names[^1] ? " class=\"number\"" : "")}><button type=\"button\">{Html.Escape(name)}</button></th>");
        }

        page.Add("</tr></thead><tbody>");
        foreach (SubmissionScore one in all.Submissions)
        {
            page.Add($"<tr><td class=\"name\"><a href=\"{Html.Escape(pageOf(one.Name))}\">{Html.Escape(one.Name)}</a></td>");
            foreach (string part in parts)
            {
                page.Add(Cell(one.Parts.FirstOrDefault(each => each.Result.Part == part)));
            }

            page.Add($"<td class=\"number\" data-key=\"{Key(one.IsComplete ? one.Earned : -1)}\">{Html.Escape(Names.PointsOf(one, all.Language))} / {Names.Points(one.Most, all.Language)}</td></tr>");
        }

        page.Add("</tbody></table></div>");
    }

    private string Cell(PartScore? part)
    {
        if (part is null)
        {
            return "<td data-key=\"-2\"></td>";
        }

        string shown = part.Result.State == PartState.Checked
            ? $"{part.Passed("required")}/{part.Total("required")} · {part.Passed("robust")}/{part.Total("robust")}"
            : Names.OfState(part.Result.State).In(all.Language);
        return $"<td data-key=\"{Key(part.Earned ?? -1)}\" title=\"{Html.Escape(part.Result.Message)}\">{Html.Escape(shown)}</td>";
    }

    private static string Key(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    private void AddRules(Html page)
    {
        IReadOnlyList<RuleFailures> rules = RuleFailures.Find(all.Submissions);
        page.Add("h2", Say("Rules that the class breaks most", "Regras em que a turma mais falha"));
        if (rules.Count == 0)
        {
            page.Add("p", Say("No submission breaks a rule.", "Nenhuma entrega viola uma regra."));
            return;
        }

        page.Add(RulePlot.Format([.. rules.Take(MostRules)], all.Language));
    }

    private void AddStrange(Html page)
    {
        IReadOnlyList<StrangeFailure> strange = StrangeFailure.Find(all.Submissions);
        page.Add("h2", Say("Submissions that fail in the same strange way", "Entregas que falham do mesmo modo estranho"));
        page.Add("p class=\"faint\"", Say(
            "The same bytes in the same case, in few submissions of the class. A number in brackets in front of a text is its length in bytes.",
            "Os mesmos bytes no mesmo caso, em poucas entregas da turma. Um número entre parênteses antes de um texto é seu comprimento em bytes."));
        if (strange.Count == 0)
        {
            page.Add("p", Say("None.", "Nenhuma."));
            return;
        }

        AddHeads(page, Say("Submissions", "Entregas"), Say("Case", "Caso"), Say("What they show", "O que mostram"));
        foreach (StrangeFailure one in strange)
        {
            page.Add($"<tr><td class=\"name\">{Html.Escape(string.Join(", ", one.Names))}</td><td class=\"id\">{Html.Escape(one.Id)}</td><td>{Html.Escape(one.What)} <code>{Html.Escape(one.Came)}</code></td></tr>");
        }

        page.Add("</tbody></table></div>");
    }

    private void AddSimilar(Html page)
    {
        page.Add("h2", Say("Submissions that look alike", "Entregas parecidas"));
        if (!Similarity.IsAvailable)
        {
            page.Add("p", Say(
                "Not compared: the tool sim is not installed (package similarity-tester).",
                "Não comparadas: a ferramenta sim não está instalada (pacote similarity-tester)."));
            return;
        }

        page.Add("p class=\"faint\"", Say(
            "Pairs in which at least 60 % of the text is the same. This is no proof: code that the teacher gave out is the same in all submissions.",
            "Pares em que pelo menos 60 % do texto é igual. Isso não é prova: o código que o professor forneceu é igual em todas as entregas."));
        if (all.Similar.Count == 0)
        {
            page.Add("p", Say("None.", "Nenhuma."));
            return;
        }

        AddHeads(page, Say("Submission", "Entrega"), Say("Other submission", "Outra entrega"), Say("The same", "Igual"));
        foreach (SimilarPair pair in all.Similar)
        {
            page.Add($"<tr><td class=\"name\">{Html.Escape(pair.One)}</td><td class=\"name\">{Html.Escape(pair.Other)}</td><td class=\"number\">{pair.Percent} %</td></tr>");
        }

        page.Add("</tbody></table></div>");
    }

    private static void AddHeads(Html page, params IEnumerable<string> names) =>
        page.Add($"<div class=\"table\"><table><thead><tr>{string.Concat(names.Select(name => $"<th>{Html.Escape(name)}</th>"))}</tr></thead><tbody>");
}
