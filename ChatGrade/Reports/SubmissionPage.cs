using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Scores;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>The page of one submission, for its student: the steps, the expected and the received text, and where to look first.</summary>
internal sealed class SubmissionPage(SubmissionScore one, ClassScore all)
{
    public string Format()
    {
        var page = new Html($"{one.Name} - {all.Title}", all.Language);
        page.Add("h1", one.Name);
        page.Add($"<p>{Html.Escape(Say("Points", "Pontos"))}: <strong>{Html.Escape(Names.PointsOf(one, all.Language))}</strong> / {Points(one.Most)}</p>");
        page.Add("p class=\"faint\"", Say(
            "A number in brackets in front of a text is its length in bytes (600+ is more than 600). \\n is a newline, \\r is the Enter key, · is padding (a space).",
            "Um número entre parênteses antes de um texto é seu comprimento em bytes (600+ é mais de 600). \\n é uma quebra de linha, \\r é a tecla Enter, · é preenchimento (um espaço)."));
        page.Add("p class=\"faint\"", Say(
            "Ana, Bob and the others are clients of the checker: it connects them to your server. For your client the checker is the server. "
            + "A reset is a connection that is cut without a goodbye, as when a program is killed.",
            "Ana, Bob e os outros são clientes do verificador, que os conecta ao seu servidor. Para o seu cliente o verificador é o servidor. "
            + "Um reset é uma conexão cortada sem despedida, como quando um programa é morto."));
        page.Add("p class=\"faint\"", Names.Levels.In(all.Language));
        foreach (PartScore part in one.Parts)
        {
            AddPart(page, part);
        }

        return page.Format(isSortable: false);
    }

    private string Say(string english, string portuguese) => new Text(english, portuguese).In(all.Language);

    private void AddPart(Html page, PartScore part)
    {
        page.Add($"<h2>{Html.Escape(Names.OfPart(part.Result.Part).In(all.Language))}: {Names.PointsOf(part, all.Language)} / {Points(part.Most)}</h2>");
        if (part.Result.Message.Length > 0)
        {
            page.Add($"<p class=\"bad\">{Html.Escape(Names.OfState(part.Result.State).In(all.Language))}</p><pre>{Html.Escape(part.Result.Message)}</pre>");
            if (Advice.ForPart(part.Result) is Text advice)
            {
                page.Add("<dl>").AddPair(Say("Where to look first", "Onde olhar primeiro"), Html.Escape(advice.In(all.Language))).Add("</dl>");
            }
        }

        CaseScore[] open = [.. part.Cases.Where(each => !each.IsHidden)];
        CaseScore[] failed = [.. open.Where(each => each.Case.HasFailed && each.Case.Level != "ours")];
        foreach (CaseScore failure in failed.Where(each => !WasNotRun(each)))
        {
            AddFailure(page, failure);
        }

        if (failed.Any(WasNotRun))
        {
            page.Add("p class=\"faint\"", $"{Say("Not run, because nothing can work before this is fixed", "Não executados, porque nada pode funcionar antes de corrigir isso")}: "
                + $"{string.Join(", ", failed.Where(WasNotRun).Select(each => each.Case.Id))}.");
        }

        if (part.Cases.Count == 0)
        {
            return;
        }

        page.Add("h3", Say("All cases", "Todos os casos"));
        page.Add($"<div class=\"table\"><table><thead><tr><th>{Say("Case", "Caso")}</th><th>{Say("Rule", "Regra")}</th><th>{Say("Level", "Nível")}</th><th>{Say("Result", "Resultado")}</th><th class=\"number\">{Say("Points", "Pontos")}</th></tr></thead><tbody>");
        foreach (CaseScore each in open)
        {
            string mark = each.Case.Outcome == "passed" ? "good" : each.Case.HasFailed && each.Case.Level != "ours" && each.Case.Follows is null ? "bad" : "faint";
            page.Add(
                $"<tr><td class=\"id\">{Html.Escape(each.Case.Id)}</td><td>{Html.Escape(each.Case.Rule)}</td><td>{Html.Escape(Names.OfLevel(each.Case.Level).In(all.Language))}</td>"
                + $"<td class=\"{mark}\">{Html.Escape(each.Case is { Outcome: "skipped", Reason: string reason } ? reason : Names.OfOutcome(each.Case).In(all.Language))}</td><td class=\"number\">{Earned(each)}</td></tr>");
        }

        page.Add("</tbody></table></div>");
        if (part.Cases.Count > open.Length)
        {
            double earned = part.Cases.Where(each => each.IsHidden).Sum(each => each.Earned), most = part.Cases.Where(each => each.IsHidden).Sum(each => each.Most);
            page.Add("p class=\"faint\"", Say(
                $"Cases that are not shown: {part.Cases.Count - open.Length}, {Points(earned)} of {Points(most)} points.",
                $"Casos não mostrados: {part.Cases.Count - open.Length}, {Points(earned)} de {Points(most)} pontos."));
        }
    }

    /// <summary>Whether a case failed without being played, because another one showed that it can only fail.</summary>
    private static bool WasNotRun(CaseScore each) => each.Case.Follows is not null && each.Case.Transcript.Count == 0;

    private string Earned(CaseScore each) => each.Most > 0 ? $"{Points(each.Earned)} / {Points(each.Most)}" : "-";

    private string Points(double points) => Names.Points(points, all.Language);

    private void AddFailure(Html page, CaseScore failure)
    {
        CaseRow row = failure.Case;
        page.Add($"<article{(row.Follows is null ? "" : " class=\"free\"")}><h3>{Html.Escape($"{row.Id}  {row.Rule}")}</h3><dl>");
        if (row.Follows is string root)
        {
            page.AddPair(Say("Follows from", "Decorre de"), Html.Escape(root) + Html.Escape(all.Settings.FollowingCounts
                ? Say(": fix that first.", ": corrija aquele primeiro.")
                : Say(": fix that first. This case costs no points.", ": corrija aquele primeiro. Este caso não tira pontos.")));
        }

        if (all.Settings.Show != Detail.Rule)
        {
            AddFinding(page, row);
        }

        page.AddPair(Say("The rule is from", "A regra vem de"), Html.Escape(row.Section));
        if (row.Follows is null)
        {
            page.AddPair(Say("Where to look first", "Onde olhar primeiro"), Html.Escape(Advice.For(row).In(all.Language)));
        }

        page.Add("</dl></article>");
    }

    private void AddFinding(Html page, CaseRow row)
    {
        IReadOnlyList<string> steps = Steps.Of(row, all.Language);
        if (steps.Count > 0 && all.Settings.Show == Detail.All)
        {
            page.AddPair(Say("What was done", "O que foi feito"), $"<ol>{string.Concat(steps.Select(step => $"<li><code>{Html.Escape(step)}</code></li>"))}</ol>");
        }

        page.AddPair(Say("What is wrong", "O que está errado"), Html.Escape(row.What ?? ""));
        if (Steps.Expected(row, all.Language) is string expected)
        {
            page.AddPair(Say("A correct program shows", "Um programa correto mostra"), $"<pre>{Html.Escape(expected)}</pre>");
        }

        page.AddPair(Say("Your program showed", "O seu programa mostrou"), row.Came is string came
            ? $"<pre>{Html.Escape(came)}</pre>"
            : Html.Escape(Say("nothing", "nada")));
        if (row.Program is string program)
        {
            page.AddPair(Say("The program", "O programa"), $"<pre>{Html.Escape(program)}</pre>");
        }
    }
}
