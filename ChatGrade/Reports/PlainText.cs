using System.Text;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>A case that did not pass, as text for places that have no pages.</summary>
internal static class PlainText
{
    public static string Of(CaseRow row, Detail show, Language language)
    {
        var text = new StringBuilder();
        void Line(string english, string portuguese, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append(new Text(english, portuguese).In(language)).Append(": ").Append(value).Append('\n');
            }
        }

        if (row.Follows is string root)
        {
            Line("Follows from", "Decorre de", root);
        }

        if (show != Detail.Rule)
        {
            if (show == Detail.All)
            {
                Line("What was done", "O que foi feito", string.Concat(Steps.Of(row, language).Select(step => $"\n  {step}")));
            }

            Line("What is wrong", "O que está errado", row.What ?? row.Reason);
            Line("A correct program shows", "Um programa correto mostra", Steps.Expected(row, language));
            Line("Your program showed", "O seu programa mostrou", row.Came ?? (row.HasFailed ? new Text("nothing", "nada").In(language) : null));
            Line("The program", "O programa", row.Program);
        }

        Line("The rule is from", "A regra vem de", row.Section);
        if (row.HasFailed && row.Follows is null)
        {
            Line("Where to look first", "Onde olhar primeiro", Advice.For(row).In(language));
        }

        return text.ToString();
    }
}
